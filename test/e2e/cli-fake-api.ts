import { once } from 'node:events'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'

/** How the fake behaves; everything else is as CONTRACT.md has it. */
export interface FakeApiBehaviour {
  pages: number
  /** Pages that each look at the crawl finds further done; 0: it never ends by itself. */
  pagesPerLook: number
  /** What a crawl that is not cancelled ends as. */
  ends: 'completed' | 'failed'
  /** How it gives a crawl's events; 'absent': as a platform that knows none; 'kept back': as behind a proxy that buffers. */
  events: 'streamed' | 'absent' | 'kept back'
  /** Answers POST /v1/crawls with this problem. */
  refusal?: { status: number; code: string; detail: string; errors?: { path: string; message: string }[] }
  /** Cuts the first downloads of the WARC file off in the middle. */
  brokenDownloads: number
}

export const FAKE_KEY = 'lps_fake_key_for_tests'
export const FAKE_WARC = gzipSync('WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n')
const CRAWL_ID = '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a'

/** A server that speaks as much of the public contract as the command uses, with one crawl. */
export class FakeApi {
  readonly #behaviour: FakeApiBehaviour
  #server: Server | undefined
  #port = 0
  #fetched = 0
  #event = 0
  #status: 'running' | 'completed' | 'failed' | 'cancelled' = 'running'
  #created = new Map<string, unknown>()
  /** `GET /v1/crawls/…/pages?limit=50`, in order. */
  readonly requests: string[] = []
  /** Bodies of POST /v1/crawls. */
  readonly orders: unknown[] = []

  constructor(behaviour: Partial<FakeApiBehaviour> = {}) {
    const usual = { pages: 5, pagesPerLook: 5, ends: 'completed', events: 'streamed', brokenDownloads: 0 } as const
    this.#behaviour = { ...usual, ...behaviour }
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Listens on the port that it had before, if it had one. */
  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#answer(request, response))
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
    return this
  }

  /** Like a process that is killed: connections break, whatever is being sent. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (!server) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    this.requests.push(`${request.method} ${url.pathname}${url.search}`)
    if (url.pathname === '/health') return send(response, 200, { status: 'ok' })
    if (request.headers.authorization !== `Bearer ${FAKE_KEY}`) {
      return problem(response, { status: 401, code: 'unauthenticated', detail: 'The API key is not known.' })
    }
    switch (`${request.method} ${url.pathname.replace(CRAWL_ID, ':id')}`) {
      case 'POST /v1/crawls':
        return this.#create(request, response)
      case 'GET /v1/crawls/:id':
        this.#advance()
        return send(response, 200, this.#crawl())
      case 'POST /v1/crawls/:id/cancel':
        if (this.#status === 'running') this.#status = 'cancelled'
        return send(response, 200, this.#crawl())
      case 'GET /v1/crawls/:id/events':
        return this.#sendEvents(response)
      case 'GET /v1/crawls/:id/pages':
        return sendList(response, url, this.#documents())
      case 'GET /v1/crawls/:id/urls':
        return sendList(response, url, this.#urls())
      case 'GET /v1/crawls/:id/export':
        return this.#sendWarc(response)
      default:
        return nothing(response)
    }
  }

  async #create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const order = await json(request)
    const { refusal } = this.#behaviour
    if (refusal) return problem(response, refusal)
    const key = String(request.headers['idempotency-key'])
    if (!this.#created.has(key)) this.orders.push(order)
    this.#created.set(key, order)
    send(response, 202, this.#crawl())
  }

  #advance(): void {
    if (this.#status !== 'running') return
    this.#fetched = Math.min(this.#behaviour.pages, this.#fetched + this.#behaviour.pagesPerLook)
    if (this.#fetched === this.#behaviour.pages) this.#status = this.#behaviour.ends
  }

  /** An event for each look at the crawl, the first at once. */
  #sendEvents(response: ServerResponse): void {
    const { events } = this.#behaviour
    if (events === 'absent') return nothing(response)
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 1000\n\n')
    if (events === 'kept back') return
    const send = (): void => {
      const { url: _, ...data } = this.#crawl()
      const hasEnded = this.#status !== 'running'
      const type = hasEnded ? `crawl.${this.#status}` : 'crawl.progress'
      const text = JSON.stringify({ id: ++this.#event, type, at: '2026-11-24T12:00:02.000Z', data })
      response.write(`id: ${this.#event}\nevent: ${type}\ndata: ${text}\n\n`)
      if (hasEnded) response.end()
      else this.#advance()
    }
    send()
    const looks = setInterval(send, 100)
    response.once('close', () => clearInterval(looks))
  }

  #crawl(): Record<string, unknown> {
    const hasFailed = this.#status === 'failed'
    return {
      id: CRAWL_ID,
      name: null,
      url: 'https://site.example/',
      status: this.#status,
      counts: {
        discovered: this.#behaviour.pages + 4,
        fetched: this.#fetched,
        failed: 2,
        skipped: 1,
        duplicate: 1,
        queued: this.#behaviour.pages - this.#fetched,
      },
      bytes: this.#fetched * 1_000,
      createdAt: '2026-11-24T12:00:00.000Z',
      startedAt: '2026-11-24T12:00:00.000Z',
      finishedAt: this.#status === 'running' ? null : '2026-11-24T12:00:02.000Z',
      error: hasFailed ? { code: 'dns_failure', detail: 'site.example has no address.' } : null,
      options: {},
      addedLater: 'a newer platform says more',
    }
  }

  #documents(): unknown[] {
    return Array.from({ length: this.#fetched }, (_, number) => ({
      url: `https://site.example/page/${number}`,
      finalUrl: `https://site.example/page/${number}`,
      status: 200,
      contentType: 'text/html',
      fetchedAt: '2026-11-24T12:00:01.000Z',
      rendered: false,
      redirects: [],
      title: `Page "${number}"`,
      description: null,
      language: 'en',
      wordCount: 2,
      markdown: `# Page ${number}`,
      contentHash: 'sha256:00',
      warnings: [],
    }))
  }

  #urls(): unknown[] {
    const facts = { depth: 1, attempts: 1 }
    return [
      ...Array.from({ length: this.#fetched }, (_, number) => ({
        ...facts,
        url: `https://site.example/page/${number}`,
        state: 'fetched',
        status: 200,
      })),
      { ...facts, url: 'https://site.example/broken', state: 'failed', reason: 'http_error', status: 500, attempts: 3 },
      { ...facts, url: 'https://site.example/loop', state: 'failed', reason: 'redirect_loop' },
      { ...facts, url: 'https://site.example/private/', state: 'skipped', reason: 'robots' },
      { ...facts, url: 'https://site.example/again', state: 'duplicate', reason: 'same_content' },
    ]
  }

  #sendWarc(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/warc' })
    if (this.#behaviour.brokenDownloads-- <= 0) return void response.end(FAKE_WARC)
    response.write(FAKE_WARC.subarray(0, 10), () => response.destroy())
  }
}

function sendList(response: ServerResponse, url: URL, items: readonly unknown[]): void {
  const from = Number(url.searchParams.get('cursor') ?? 0)
  const to = from + Number(url.searchParams.get('limit') ?? 100)
  send(response, 200, { data: items.slice(from, to), nextCursor: to < items.length ? String(to) : null })
}

function nothing(response: ServerResponse): void {
  problem(response, { status: 404, code: 'not_found', detail: 'There is nothing here.' })
}

function problem(
  response: ServerResponse,
  { status, ...more }: { status: number; code: string; detail: string },
): void {
  send(
    response,
    status,
    { type: 'about:blank', title: 'Refused', status, requestId: 'r', ...more },
    'application/problem+json',
  )
}

function send(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
}
