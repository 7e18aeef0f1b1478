import { rmSync } from 'node:fs'
import { type Socket, createServer } from 'node:net'

export interface RendererDoor {
  close(): void
}

export interface DoorOrder {
  /** Where workerd connects. */
  socketPath: string
  /** A connection to the renderer, which may have to be started first. Rejects with what a caller is to be told. */
  reach: () => Promise<Socket>
}

/** Listens in the renderer's place and passes every byte on. Where it can't be reached, callers are told why. */
export async function openRendererDoor({ socketPath, reach }: DoorOrder): Promise<RendererDoor> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    client.once('close', () => sockets.delete(client))
    client.on('error', () => client.destroy())
    reach().then(
      (renderer) => joined(client, renderer),
      (error: Error) => refused(client, error.message),
    )
  })
  rmSync(socketPath, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, resolve)
  })
  return {
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function joined(client: Socket, renderer: Socket): void {
  renderer.on('error', () => renderer.destroy())
  if (client.destroyed) return void renderer.destroy()
  client.pipe(renderer).pipe(client)
  client.once('close', () => renderer.destroy())
  renderer.once('close', () => client.destroy())
}

function refused(client: Socket, detail: string): void {
  const body = JSON.stringify({ error: 'renderer_unreachable', detail })
  const head = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`
  client.resume().end(`HTTP/1.1 503 Service Unavailable\r\n${head}\r\n\r\n${body}`)
}
