import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { type Socket, connect, createServer } from 'node:net'
import { say } from '../log.ts'

export interface RendererDoor {
  stop(graceMs: number): Promise<void>
}

export interface DoorOrder {
  /** Where workerd connects. */
  socketPath: string
  /** Where the renderer listens once it runs. */
  rendererSocketPath: string
  start: () => Promise<ChildProcess>
}

/** A failed start is not tried again for every page of a crawl. */
const RETRY_AFTER_MS = 5_000

/** Listens in the renderer's place, starts it when somebody first calls, and passes every byte on. */
export async function openRendererDoor({ socketPath, rendererSocketPath, start }: DoorOrder): Promise<RendererDoor> {
  let running: Promise<ChildProcess> | undefined
  const sockets = new Set<Socket>()

  const renderer = (): Promise<ChildProcess> => {
    running ??= start().then(
      (child) => {
        child.once('exit', () => (running = undefined))
        return child
      },
      (error: Error) => {
        say(`${error.message}; pages are read without a browser meanwhile`)
        setTimeout(() => (running = undefined), RETRY_AFTER_MS).unref()
        throw error
      },
    )
    return running
  }

  const server = createServer((client) => {
    sockets.add(client)
    client.once('close', () => sockets.delete(client))
    client.on('error', () => client.destroy())
    renderer().then(
      () => joined(client, connect(rendererSocketPath)),
      () => client.destroy(),
    )
  })
  rmSync(socketPath, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, resolve)
  })
  return {
    stop: async (graceMs) => {
      server.close()
      for (const socket of sockets) socket.destroy()
      const child = await running?.catch(() => undefined)
      if (child) await ended(child, graceMs)
    },
  }
}

function joined(client: Socket, renderer: Socket): void {
  renderer.on('error', () => renderer.destroy())
  client.pipe(renderer).pipe(client)
  client.once('close', () => renderer.destroy())
  renderer.once('close', () => client.destroy())
}

async function ended(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
