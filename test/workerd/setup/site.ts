import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

/** What a site says to one request. A plain string is an HTML page. */
export interface Answer {
  status?: number
  headers?: Record<string, string>
  /** `{origin}` in it becomes the site's own origin. */
  body?: string
  bodyBase64?: string
  gzip?: boolean
  delayMs?: number
  /** Breaks the connection instead of answering; `hang` never answers. */
  fault?: 'reset' | 'hang'
}

/** By path and query; `etag` and `last-modified` among its headers are minded. A list is given out in turn, its last entry for ever. What is not listed is a 404. */
export type Routes = Record<string, string | Answer | Answer[]>

export interface SiteRequest {
  method: string
  path: string
  /** Epoch milliseconds of its arrival. */
  at: number
  headers: Record<string, string | string[] | undefined>
  /** As sent; a GET has none. */
  body: string
}

/** A web site on a loopback address of its own, so that each is a domain of its own to the frontier. */
export class StandInSite {
  routes: Routes
  readonly requests: SiteRequest[] = []
  readonly #server: Server
  #origin = ''

  private constructor(routes: Routes) {
    this.routes = routes
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  static async open(number: number, routes: Routes): Promise<StandInSite> {
    const site = new StandInSite(routes)
    const address = `127.1.${number >> 8}.${number & 255}`
    // Only Linux answers on all of 127.0.0.0/8 unasked; elsewhere the sites differ by port alone.
    const bound = (await site.#listen(address)) ?? (await site.#listen('127.0.0.1'))
    if (!bound) throw new Error(`no stand-in site can listen on ${address}`)
    site.#origin = `http://${bound.address}:${bound.port}`
    return site
  }

  get origin(): string {
    return this.#origin
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #listen(address: string): Promise<AddressInfo | undefined> {
    return new Promise((resolve) => {
      this.#server.once('error', () => resolve(undefined))
      this.#server.listen(0, address, () => resolve(this.#server.address() as AddressInfo))
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const body = await text(request).catch(() => '')
    this.requests.push({ method: request.method ?? 'GET', path, at: Date.now(), headers: request.headers, body })
    const answer = this.#answerTo(path)
    if (answer.delayMs) await pause(answer.delayMs)
    if (answer.fault === 'hang') return
    if (answer.fault === 'reset') {
      request.socket.destroy()
      return
    }
    this.#write(response, isStillTheSame(request, answer) ? { ...answer, status: 304, body: '' } : answer)
  }

  #answerTo(path: string): Answer {
    const route = this.routes[path]
    if (route === undefined) return { status: 404, body: 'not found' }
    if (typeof route === 'string') return { body: route }
    if (!Array.isArray(route)) return route
    const times = this.requests.filter((request) => request.path === path).length
    return route[Math.min(times, route.length) - 1] ?? { status: 404 }
  }

  #write(response: ServerResponse, { status = 200, headers = {}, body = '', bodyBase64, gzip }: Answer): void {
    const plain =
      bodyBase64 === undefined
        ? Buffer.from(body.replaceAll('{origin}', this.#origin))
        : Buffer.from(bodyBase64, 'base64')
    const own = Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{origin}', this.#origin)])
    const encoding = gzip ? { 'content-encoding': 'gzip' } : {}
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      ...encoding,
      ...(Object.fromEntries(own) as Record<string, string>),
    })
    response.end(gzip ? gzipSync(plain) : plain)
  }
}

/** RFC 9110 §13.1: a route with validators answers 304 to whoever names them. */
function isStillTheSame(request: IncomingMessage, { headers = {} }: Answer): boolean {
  const asked = request.headers
  if (asked['if-none-match'] !== undefined) return asked['if-none-match'] === headers['etag']
  return asked['if-modified-since'] !== undefined && asked['if-modified-since'] === headers['last-modified']
}
