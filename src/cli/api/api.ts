import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type PreparedRequest, requestFor } from '../../client/request.ts'
import type { Given, Route } from '../../client/route.ts'
import { CommandFault } from '../command-fault.ts'
import type { CrawlBody } from '../crawl/crawl-order.ts'
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

const EVENT_STREAM = 'text/event-stream'

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

/** An item as received, and what is read of it. */
export interface Listed<Reading> {
  raw: unknown
  reading: Reading
}

/** Lists of a crawl that the command writes. */
type CrawlList = 'GET /v1/crawls/{id}/pages' | 'GET /v1/crawls/{id}/urls'

const ListPage = z.object({ data: z.array(z.unknown()), nextCursor: z.string().nullable() })

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

  async startCrawl(order: CrawlBody): Promise<CrawlAnswer> {
    // With the key, a repetition after a lost answer gets the crawl that the first one started.
    return crawlOf(await this.#json(requestFor('POST /v1/crawls', { body: order, idempotencyKey: randomUUID() })))
  }

  async showCrawl(id: string): Promise<CrawlAnswer> {
    return crawlOf(await this.#json(requestFor('GET /v1/crawls/{id}', { params: { id } })))
  }

  async cancelCrawl(id: string): Promise<CrawlAnswer> {
    return crawlOf(await this.#json(requestFor('POST /v1/crawls/{id}/cancel', { params: { id } })))
  }

  /**
   * A crawl's events as they happen. Asked for once, and fails when the platform does not answer: asking how the crawl
   * stands is what waits out an outage. 'refused': there is no such stream.
   */
  async openEvents(id: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array> | 'refused'> {
    const { url, key } = this.#source.current()
    const request = requestFor('GET /v1/crawls/{id}/events', { params: { id } })
    const asked = { ...request, headers: { ...request.headers, accept: EVENT_STREAM } }
    const result = await attempt(`${url}${request.path}`, { ...initOf(asked, key, undefined), signal })
    if (result.kind === 'trouble') throw new Error(result.what)
    if (result.kind === 'refused') return 'refused'
    const { body, headers } = result.response
    if (body && headers.get('content-type')?.startsWith(EVENT_STREAM)) return body
    await body?.cancel()
    return 'refused'
  }

  /** All items of a list, a page at a time, to the last cursor. */
  async *list<Reading>(
    route: CrawlList,
    { crawlId, limit }: { crawlId: string; limit: number },
    schema: z.ZodType<Reading>,
  ): AsyncGenerator<Listed<Reading>[]> {
    let cursor: string | null = null
    do {
      const query: { limit: number; cursor?: string } = { limit, ...(cursor !== null && { cursor }) }
      const request = requestFor(route, { params: { id: crawlId }, query })
      const page = read(ListPage, await this.#json(request), request.path)
      yield page.data.map((raw) => ({ raw, reading: read(schema, raw, request.path) }))
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  /** An answer to be read as a stream, however long that takes. */
  async open<Name extends Route>(route: Name, given: Given<Name>): Promise<Response> {
    return this.#send(requestFor(route, given), undefined)
  }

  async #json(request: PreparedRequest): Promise<unknown> {
    for (let attempts = 1; ; attempts++) {
      const response = await this.#send(request, ANSWER_WITHIN_MS)
      try {
        return await response.json()
      } catch (error) {
        // Cut off in the middle, by a restart; the same request is good again. JSON that is none will not get better.
        if (error instanceof SyntaxError || attempts === 5) throw strange(request.path)
      }
    }
  }

  async #send(request: PreparedRequest, withinMs: number | undefined): Promise<Response> {
    const since = Date.now()
    let told = false
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const { url, key } = this.#source.current()
      const result = await attempt(`${url}${request.path}`, initOf(request, key, withinMs))
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

function initOf(
  { method, headers: own, body }: PreparedRequest,
  key: string,
  withinMs: number | undefined,
): RequestInit {
  const headers = { ...own, authorization: `Bearer ${key}` }
  return {
    method,
    headers,
    ...(body !== undefined && { body }),
    ...(withinMs !== undefined && { signal: AbortSignal.timeout(withinMs) }),
  }
}

function crawlOf(raw: unknown): CrawlAnswer {
  return { crawl: read(CrawlReading, raw, '/v1/crawls'), raw }
}

function read<Reading>(schema: z.ZodType<Reading>, raw: unknown, path: string): Reading {
  const reading = schema.safeParse(raw)
  if (!reading.success) throw strange(path)
  return reading.data
}

function strange(path: string): CommandFault {
  return new CommandFault(1, `The answer to ${path} is not what a Lapis Spider says; is the address right?`)
}

function givenUp(url: string, outageMs: number, what: string): string {
  return `The platform at ${url} has not answered for ${Math.round(outageMs / 1_000)} s (${what}). Given up; the crawl goes on when it runs again.`
}
