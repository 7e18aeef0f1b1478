import { type Socket, connect } from 'node:net'

const CONNECT_WITHIN_MS = 10_000

/** Connects to the first address that answers. */
export async function connectToFirst(addresses: readonly string[], port: number): Promise<Socket | undefined> {
  for (const address of addresses) {
    const socket = await attempt(address, port)
    if (socket) return socket
  }
  return undefined
}

function attempt(host: string, port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const settle = (connected: boolean): void => {
      clearTimeout(timer)
      socket.removeAllListeners('error').on('error', () => socket.destroy())
      if (!connected) socket.destroy()
      resolve(connected ? socket : undefined)
    }
    const timer = setTimeout(() => settle(false), CONNECT_WITHIN_MS)
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}
