import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { bears } from './bearer.ts'
import { rendererMetrics } from './metrics.ts'
import type { SessionPool } from './sessions/session-pool.ts'

interface Answer {
  status: number
  body: unknown
}

export interface RendererServerOrder {
  token: string
  /** Undefined where there is no Chromium: then every session is refused with `howToInstall`. */
  pool: SessionPool | undefined
  maxSessions: number
  howToInstall: string
}

const UNAUTHORIZED: Answer = {
  status: 401,
  body: { error: 'unauthorized', detail: "The bearer token is not the renderer's LAPIS_RENDERER_TOKEN." },
}
const NOT_FOUND: Answer = { status: 404, body: { error: 'not found' } }
const SESSION_PATH = /^\/v1\/devtools\/browser\/([0-9a-f-]{36})$/

/** The protocol that `@cloudflare/puppeteer` 1.4 expects of its binding: docs/rendering.md lists it. */
export function rendererServer(order: RendererServerOrder): Server {
  const server = createServer((request, response) => {
    void answerTo(request, order).then(
      ({ status, body }) => send(response, status, body),
      (error) => send(response, 500, { error: error instanceof Error ? error.message : String(error) }),
    )
  })
  server.on('upgrade', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on('error', () => client.destroy())
    if (!bears(request.headers.authorization, order.token)) return refuseUpgrade(client, '401 Unauthorized')
    const session = order.pool?.sessions.get(SESSION_PATH.exec(pathOf(request))?.[1] ?? '')
    if (!session) return refuseUpgrade(client, '404 Not Found')
    if (session.isTaken) return refuseUpgrade(client, '409 Conflict')
    session.join(request, client, head)
  })
  return server
}

async function answerTo(request: IncomingMessage, order: RendererServerOrder): Promise<Answer> {
  const { pool, maxSessions } = order
  const call = `${request.method} ${pathOf(request)}`
  if (call === 'GET /health') return { status: 200, body: { status: 'ok', browser: pool !== undefined } }
  if (!bears(request.headers.authorization, order.token)) return UNAUTHORIZED
  if (!pool) return { status: 503, body: { error: 'no_browser', detail: order.howToInstall } }
  if (call === 'GET /metrics') return { status: 200, body: rendererMetrics(pool) }
  if (call === 'POST /v1/devtools/browser') return acquire(request, pool)
  if (call === 'GET /v1/sessions')
    return { status: 200, body: { sessions: [...pool.sessions.values()].map((each) => each.shown()) } }
  if (call === 'GET /v1/history') return { status: 200, body: { history: pool.history } }
  if (call === 'GET /v1/limits') return { status: 200, body: limits(pool, maxSessions) }
  const id = SESSION_PATH.exec(pathOf(request))?.[1]
  if (request.method === 'DELETE' && id !== undefined) return close(id, pool)
  return NOT_FOUND
}

/** One that had ended before answers how it did. */
async function close(id: string, pool: SessionPool): Promise<Answer> {
  const session = pool.sessions.get(id)
  session?.end('NormalClosure')
  const closed = session ? await session.closed : pool.history.find(({ sessionId }) => sessionId === id)
  if (!closed) return NOT_FOUND
  const { closeReason, closeReasonText } = closed
  return { status: 200, body: { status: 'closed', closeReason, closeReasonText } }
}

async function acquire(request: IncomingMessage, pool: SessionPool): Promise<Answer> {
  const asked = Number(new URL(request.url ?? '', 'http://renderer').searchParams.get('keep_alive'))
  const session = await pool.acquire(asked > 0 ? asked : undefined)
  if (!session) return { status: 429, body: { error: 'Too many browsers are in use; try again when one is closed.' } }
  return { status: 200, body: { sessionId: session.id } }
}

function limits(pool: SessionPool, maxConcurrentSessions: number) {
  return {
    activeSessions: [...pool.sessions.keys()].map((id) => ({ id })),
    maxConcurrentSessions,
    allowedBrowserAcquisitions: pool.isFull ? 0 : 1,
    timeUntilNextAllowedBrowserAcquisition: 0,
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const isText = typeof body === 'string'
  response
    .writeHead(status, { 'content-type': isText ? 'text/plain; version=0.0.4' : 'application/json' })
    .end(isText ? body : JSON.stringify(body))
}

function refuseUpgrade(client: Duplex, status: string): void {
  client.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`)
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '', 'http://renderer').pathname
}
