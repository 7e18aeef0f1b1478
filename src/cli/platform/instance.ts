import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CommandFault } from '../command-fault.ts'

const Instance = z.object({ pid: z.number().int().positive(), url: z.url() })

export type Instance = z.infer<typeof Instance>

/** What the platform that uses this data directory says of itself, when there is one; it may be starting, or dead. */
export function readInstance(dataDirectory: string): Instance | undefined {
  try {
    const { pid, url } = Instance.parse(JSON.parse(readFileSync(join(dataDirectory, 'instance.json'), 'utf8')))
    return { pid, url: url.replace(/\/+$/, '') }
  } catch {
    return undefined
  }
}

export function isAlive({ pid }: Pick<Instance, 'pid'>): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export function readOwnerKey(dataDirectory: string): string {
  const path = join(dataDirectory, 'owner-key')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFault(
      1,
      `The platform's key can't be read from ${path} (${reason}). Give --api and --key instead.`,
    )
  }
}
