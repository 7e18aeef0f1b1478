import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { say } from '../log.ts'
import { connected } from './connected.ts'

export interface ChildRenderer {
  reach(): Promise<Socket>
  stop(graceMs: number): Promise<void>
}

/** A failed start is not tried again for every page of a crawl. */
const RETRY_AFTER_MS = 5_000

/** A renderer of our own, started when somebody first calls; `socketPath` is where it then listens. */
export function childRenderer(socketPath: string, start: () => Promise<ChildProcess>): ChildRenderer {
  let running: Promise<ChildProcess> | undefined

  const started = (): Promise<ChildProcess> => {
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

  return {
    reach: async () => {
      await started()
      return connected({ path: socketPath })
    },
    stop: async (graceMs) => {
      const child = await running?.catch(() => undefined)
      if (child) await ended(child, graceMs)
    },
  }
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
