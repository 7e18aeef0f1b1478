import { type IncomingMessage, type Server, type ServerResponse, createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Duplex, type Readable, pipeline } from 'node:stream'
import { bears } from '../bearer.ts'
import { REFUSAL_HEADER, statusOf } from './refusal.ts'
import type { Refusal, Target, Way, WayOut } from './way-out.ts'

export interface EgressProxy {
  port: number
  /** Bytes that pages have received. */
  received(): number
  close(): void
}

export interface EgressOrder {
  wayOut: WayOut
  listen: { host: string; port: number }
  /** Without one, whoever reaches the proxy may use it. */
  token?: string
  mostBytes: number
  mostSockets: number
}

/** A page's own business, or meant for the proxy: neither goes on to the site. */
const NOT_FORWARDED = new Set(['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'te', 'upgrade'])

interface Gate {
  open(request: IncomingMessage, target: Target | undefined): Promise<Way>
  /** Counts what comes, and ends it where it is too much. After whoever reads it: listening makes a stream flow. */
  meter(stream: Readable): void
}

/** The only way from a browser to the web: a forward proxy whose way out knows which addresses pages may reach. */
export async function startEgressProxy(order: EgressOrder): Promise<EgressProxy> {
  const { wayOut, token, mostBytes, mostSockets } = order
  const sockets = new Set<Duplex>()
  let received = 0
  const known = <Side extends Duplex>(socket: Side): Side => {
    sockets.add(socket)
    return socket.once('close', () => sockets.delete(socket))
  }
  const meter = (stream: Readable): void => {
    stream.on('data', (chunk: Buffer) => {
      received += chunk.byteLength
      if (received > mostBytes) stream.destroy()
    })
  }
  const open = async (request: IncomingMessage, target: Target | undefined): Promise<Way> => {
    if (token !== undefined && !bears(request.headers['proxy-authorization'], token)) return { refused: 'unauthorized' }
    if (!target) return { refused: 'bad_request' }
    if (sockets.size >= mostSockets || received > mostBytes) return { refused: 'too_much' }
    const way = await wayOut(target)
    return 'refused' in way ? way : { socket: known(way.socket) }
  }
  const server = createServer((request, response) => void forward(request, response, { open, meter }))
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    void tunnel(request, known(client), head, { open, meter })
  })
  await listening(server, order.listen)
  const close = (): void => {
    server.close()
    server.closeAllConnections()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, received: () => received, close }
}

function listening(server: Server, { host, port }: EgressOrder['listen']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** RFC 9112 §3.2.2: plain HTTP names the whole URL. */
async function forward(request: IncomingMessage, response: ServerResponse, gate: Gate): Promise<void> {
  const url = URL.parse(request.url ?? '')
  const isHttp = url?.protocol === 'http:'
  const way = await gate.open(request, isHttp ? { host: bare(url.hostname), port: Number(url.port) || 80 } : undefined)
  if (!url || 'refused' in way) return refuse(response, 'refused' in way ? way.refused : 'bad_request')
  const { socket } = way
  if (response.destroyed) return void socket.destroy()
  const onward = httpRequest({
    createConnection: () => socket,
    method: request.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    headers: forwarded(request, url.host),
  })
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
    // An answer that breaks off must break off for the page, too, or it waits for the rest.
    pipeline(answer, response, () => socket.destroy())
    gate.meter(answer)
  })
  onward.once('error', () => (response.headersSent ? response.destroy() : refuse(response, 'connection_failed')))
  response.once('close', () => socket.destroy())
  request.pipe(onward)
}

function forwarded(request: IncomingMessage, host: string): Record<string, string | string[] | undefined> {
  const kept = Object.entries(request.headers).filter(([name]) => !NOT_FORWARDED.has(name))
  return { ...Object.fromEntries(kept), host, connection: 'close' }
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(statusOf(refusal).code, { [REFUSAL_HEADER]: refusal }).end()
}

/** RFC 9110 §9.3.6: everything else is a tunnel to a host and port. */
async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer, gate: Gate): Promise<void> {
  client.on('error', () => client.destroy())
  const url = URL.parse(`http://${request.url ?? ''}`)
  const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1])
  const way = await gate.open(request, url && port ? { host: bare(url.hostname), port } : undefined)
  if ('refused' in way) {
    const { code, phrase } = statusOf(way.refused)
    client.end(`HTTP/1.1 ${code} ${phrase}\r\n${REFUSAL_HEADER}: ${way.refused}\r\n\r\n`)
    return
  }
  const { socket } = way
  // Whoever asked may have gone while the way was sought.
  if (client.destroyed) return void socket.destroy()
  client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
  if (head.byteLength > 0) socket.write(head)
  socket.pipe(client).pipe(socket)
  gate.meter(socket)
  client.once('close', () => socket.destroy())
  socket.once('close', () => client.destroy())
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
