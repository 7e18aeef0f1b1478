import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pause } from '../pause.ts'
import { answerTo } from './routes.ts'

export interface DemoSite {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string
  close(): Promise<void>
}

/**
 * Serves the demo site on a free port of this machine: some forty pages in seventeen languages and thirteen encodings,
 * with most of what makes crawling real sites hard: broken markup, redirect chains and loops, errors, a slow page, traps,
 * a page that only the sitemap knows.
 */
export async function createDemoSite(): Promise<DemoSite> {
  const stopping = new AbortController()
  const server = createServer((request, response) => {
    respond(request, response, stopping.signal).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      stopping.abort()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, stopping: AbortSignal): Promise<void> {
  const origin = `http://${request.headers.host ?? '127.0.0.1'}`
  const { pathname } = new URL(request.url ?? '/', origin)
  const answer = answerTo(pathname, origin)
  if (answer.afterMs !== undefined) await pause(answer.afterMs, stopping)
  response.writeHead(answer.status, { 'content-length': String(Buffer.byteLength(answer.body)), ...answer.headers })
  response.end(request.method === 'HEAD' ? undefined : answer.body)
}
