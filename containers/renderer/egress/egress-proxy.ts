import { type IncomingMessage, type Server, type ServerResponse, createServer, request as httpRequest } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connectToFirst } from './connect.ts'
import { type EgressRules, permittedAddresses } from './permitted-addresses.ts'

export interface EgressProxy {
  port: number
  /** Bytes that pages have received. */
  received(): number
  close(): void
}

/** What one session may receive: beyond any page, and far below what would hurt. */
const MOST_BYTES = 500_000_000
const MOST_SOCKETS = 256
/** A page's own business, or meant for the proxy: neither goes on to the site. */
const NOT_FORWARDED = new Set(['proxy-connection', 'proxy-authorization', 'connection', 'keep-alive', 'te', 'upgrade'])

type Target = { host: string; port: number }
type Way = { socket: Socket } | { refused: string }

/** The only way from one browser to the web: a forward proxy that knows which addresses pages may reach. */
export async function startEgressProxy(rules: EgressRules): Promise<EgressProxy> {
  const sockets = new Set<Socket | Duplex>()
  let received = 0
  const count = (socket: Socket): Socket => {
    sockets.add(socket)
    socket.on('data', (chunk: Buffer) => {
      received += chunk.byteLength
      if (received > MOST_BYTES) socket.destroy()
    })
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
  const open = async (target: Target | undefined): Promise<Way> => {
    if (!target) return { refused: 'bad_request' }
    if (sockets.size >= MOST_SOCKETS || received > MOST_BYTES) return { refused: 'too_much' }
    const permission = await permittedAddresses(target.host, target.port, rules)
    if ('refused' in permission) return permission
    const socket = await connectToFirst(permission.addresses, target.port)
    return socket ? { socket: count(socket) } : { refused: 'connection_failed' }
  }
  const server = createServer((request, response) => void forward(request, response, open))
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    sockets.add(client)
    client.once('close', () => sockets.delete(client))
    void tunnel(request, client, head, open)
  })
  await listening(server)
  const close = (): void => {
    server.close()
    server.closeAllConnections()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, received: () => received, close }
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}

/** RFC 9112 §3.2.2: plain HTTP names the whole URL. */
async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  open: (target: Target | undefined) => Promise<Way>,
): Promise<void> {
  const url = URL.parse(request.url ?? '')
  const isHttp = url?.protocol === 'http:'
  const way = await open(isHttp ? { host: bare(url.hostname), port: Number(url.port) || 80 } : undefined)
  if (!url || 'refused' in way) return refuse(response, 'refused' in way ? way.refused : 'bad_request')
  const { socket } = way
  const onward = httpRequest({
    createConnection: () => socket,
    method: request.method ?? 'GET',
    path: `${url.pathname}${url.search}`,
    headers: forwarded(request, url.host),
  })
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders)
    answer.pipe(response)
  })
  onward.once('error', () => (response.headersSent ? response.destroy() : refuse(response, 'connection_failed')))
  response.once('close', () => socket.destroy())
  request.pipe(onward)
}

function forwarded(request: IncomingMessage, host: string): Record<string, string | string[] | undefined> {
  const kept = Object.entries(request.headers).filter(([name]) => !NOT_FORWARDED.has(name))
  return { ...Object.fromEntries(kept), host, connection: 'close' }
}

function refuse(response: ServerResponse, reason: string): void {
  response.writeHead(reason === 'address_not_allowed' ? 403 : 502, { 'x-lapis-egress': reason }).end()
}

/** RFC 9110 §9.3.6: everything else is a tunnel to a host and port. */
async function tunnel(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  open: (target: Target | undefined) => Promise<Way>,
): Promise<void> {
  client.on('error', () => client.destroy())
  const url = URL.parse(`http://${request.url ?? ''}`)
  const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1])
  const way = await open(url && port ? { host: bare(url.hostname), port } : undefined)
  if ('refused' in way) {
    client.end(`HTTP/1.1 ${way.refused === 'address_not_allowed' ? '403 Forbidden' : '502 Bad Gateway'}\r\n\r\n`)
    return
  }
  const { socket } = way
  client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
  if (head.byteLength > 0) socket.write(head)
  socket.pipe(client).pipe(socket)
  client.once('close', () => socket.destroy())
  socket.once('close', () => client.destroy())
}

function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
