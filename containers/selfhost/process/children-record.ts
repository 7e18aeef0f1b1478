import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processIdentity } from './process-identity.ts'

export interface ChildrenRecord {
  add(pid: number): void
  remove(pid: number): void
}

const KILL_POLL_MS = 20
const KILL_WAIT_MS = 5_000

/** Keeps on disk which children run, so that the next start can end those that a `kill -9` left behind. */
export function childrenRecord(dataDirectory: string): ChildrenRecord {
  const file = join(dataDirectory, 'children.json')
  const identities = new Map<number, string>()
  const write = (): void => writeFileSync(file, JSON.stringify([...identities]), { mode: 0o600 })
  return {
    add: (pid) => {
      const identity = processIdentity(pid)
      if (identity) identities.set(pid, identity)
      write()
    },
    remove: (pid) => {
      if (identities.delete(pid)) write()
    },
  }
}

/** Kills what the record names and is still the same process, and returns when it is gone. Call it with the lock held. */
export async function killLeftOvers(dataDirectory: string): Promise<number> {
  const file = join(dataDirectory, 'children.json')
  const leftOvers = readRecord(file).filter(([pid, identity]) => processIdentity(pid) === identity)
  for (const [pid] of leftOvers) process.kill(pid, 'SIGKILL')
  const deadline = Date.now() + KILL_WAIT_MS
  while (leftOvers.some(([pid, identity]) => processIdentity(pid) === identity) && Date.now() < deadline) {
    await sleep(KILL_POLL_MS)
  }
  rmSync(file, { force: true })
  return leftOvers.length
}

function readRecord(file: string): [number, string][] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as [number, string][]
  } catch {
    // Never written, or cut off by the kill itself: then the guards have to do.
    return []
  }
}
