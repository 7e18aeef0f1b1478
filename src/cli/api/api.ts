import { randomUUID } from 'node:crypto'
import { CommandFault } from '../command-fault.ts'
import { pause } from '../pause.ts'
import { attempt } from './attempt.ts'
import { CrawlReading } from './crawl-reading.ts'
import type { PlatformSource } from './platform.ts'

/** Answers come within a second; a connection that says nothing for so long is dead. */
const ANSWER_WITHIN_MS = 60_000
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 3_000
/** A short stumble is nobody's business. */
const QUIET_MS = 2_000
/** How long somebody who wants to stop is kept waiting for a platform that does not answer. */
const STOPPING_MS = 10_000
const LONGEST_RETRY_AFTER_MS = 30_000

export interface ApiListener {
  /** The platform has not answered for a while; it is asked again. */
  onOutage(what: string): void
  onRecovery(): void
}

export interface CrawlAnswer {
  crawl: CrawlReading
  /** As received: a newer platform may say more than this command knows. */
  raw: unknown
}

interface ListPage {
  data: unknown[]
  nextCursor: string | null
}

/** The calls of the public API that the command makes. Each is repeated over an outage of up to a minute. */
export class Api {
  readonly #source: PlatformSource
  readonly #listener: ApiListener
  readonly #asked: AbortSignal

  /** `asked`: the user wants to stop, so that an outage is not waited out for long any more. */
  constructor(source: PlatformSource, listener: ApiListener, asked: AbortSignal) {
    this.#source = source
    this.#listener = listener
    this.#asked = asked
  }

  async startCrawl(order: unknown): Promise<CrawlAnswer> {
    // With the key, a repetition after a lost answer gets the crawl that the first one started.
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
    return crawlOf(await this.#json('/v1/crawls', { method: 'POST', headers, body: JSON.stringify(order) }))
  }

  async showCrawl(id: string): Promise<CrawlAnswer> {
    return crawlOf(await this.#json(`/v1/crawls/${id}`))
  }

  async cancelCrawl(id: string): Promise<CrawlAnswer> {
    return crawlOf(await this.#json(`/v1/crawls/${id}/cancel`, { method: 'POST' }))
  }

  /** All items of a list, a page at a time, to the last cursor. */
  async *list(path: string, limit: number): AsyncGenerator<unknown[]> {
    let cursor: string | null = null
    do {
      const query: URLSearchParams = new URLSearchParams({ limit: String(limit), ...(cursor !== null && { cursor }) })
      const page = (await this.#json(`${path}?${query}`)) as ListPage
      if (!Array.isArray(page.data)) throw strange(path)
      yield page.data
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  /** An answer to be read as a stream, however long that takes. */
  async open(path: string): Promise<Response> {
    return this.#send(path, {}, undefined)
  }

  async #json(path: string, init: RequestInit = {}): Promise<unknown> {
    for (let attempts = 1; ; attempts++) {
      const response = await this.#send(path, init, ANSWER_WITHIN_MS)
      try {
        return await response.json()
      } catch (error) {
        // Cut off in the middle, by a restart; the same request is good again. JSON that is none will not get better.
        if (error instanceof SyntaxError || attempts === 5) throw strange(path)
      }
    }
  }

  async #send(path: string, init: RequestInit, withinMs: number | undefined): Promise<Response> {
    const since = Date.now()
    let told = false
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const { url, key } = this.#source.current()
      const result = await attempt(`${url}${path}`, requestOf(init, key, withinMs))
      if (result.kind === 'refused') throw result.refusal
      if (result.kind === 'answer') {
        if (told) this.#listener.onRecovery()
        return result.response
      }
      const outageMs = Date.now() - since
      const patienceMs = this.#asked.aborted ? STOPPING_MS : result.patienceMs
      if (outageMs >= patienceMs) throw new CommandFault(1, givenUp(url, outageMs, result.what))
      if (!told && outageMs >= QUIET_MS) {
        told = true
        this.#listener.onOutage(result.what)
      }
      await pause(Math.min(result.retryAfterMs ?? waitMs, LONGEST_RETRY_AFTER_MS))
      await this.#source.lookAgain(outageMs)
    }
  }
}

function requestOf(init: RequestInit, key: string, withinMs: number | undefined): RequestInit {
  const headers = { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${key}` }
  return { ...init, headers, ...(withinMs !== undefined && { signal: AbortSignal.timeout(withinMs) }) }
}

function crawlOf(raw: unknown): CrawlAnswer {
  const crawl = CrawlReading.safeParse(raw)
  if (!crawl.success) throw strange('/v1/crawls')
  return { crawl: crawl.data, raw }
}

function strange(path: string): CommandFault {
  return new CommandFault(1, `The answer to ${path} is not what a Lapis Spider says; is the address right?`)
}

function givenUp(url: string, outageMs: number, what: string): string {
  return `The platform at ${url} has not answered for ${Math.round(outageMs / 1_000)} s (${what}). Given up; the crawl goes on when it runs again.`
}
