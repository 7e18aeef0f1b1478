import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** Of the WebSocket handshake (RFC 6455 §4.1); everything else that the client sent is between it and us. */
const HANDSHAKE = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol'] as const

/**
 * Joins a client's WebSocket to the browser's own, byte for byte: both sides speak the same protocol, so nothing is
 * unpacked in between. Resolves when the connection has ended.
 */
export function joinDevtools(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  browser: { port: number; path: string },
): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: browser.port })
    const end = (): void => {
      socket.destroy()
      client.destroy()
      resolve()
    }
    for (const side of [socket, client]) {
      side.on('error', end)
      side.once('close', end)
    }
    socket.once('connect', () => {
      socket.write(handshake(request, browser))
      if (head.byteLength > 0) socket.write(head)
      socket.pipe(client)
      client.pipe(socket)
    })
  })
}

function handshake(request: IncomingMessage, { port, path }: { port: number; path: string }): string {
  const kept = HANDSHAKE.flatMap((name) => {
    const value = request.headers[name]
    return value === undefined ? [] : [`${name}: ${String(value)}`]
  })
  return [
    `GET ${path} HTTP/1.1`,
    // Chromium answers to addresses only, and to no Origin.
    `host: 127.0.0.1:${port}`,
    'connection: Upgrade',
    'upgrade: websocket',
    ...kept,
    '\r\n',
  ].join('\r\n')
}
