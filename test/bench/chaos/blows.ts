import { setTimeout as pause } from 'node:timers/promises'
import type { LaunchedPlatform } from '../../selfhost/launched-platform.ts'

const DATABASE_AWAY_MS = 10_000

/** What is done to a platform at work. */
export type Blow = 'workerd' | 'database' | 'launcher' | 'launcher and workerd' | 'database away'
export const BLOWS: readonly Blow[] = ['workerd', 'database', 'launcher', 'launcher and workerd', 'database away']

export async function strike(platform: LaunchedPlatform, blow: Blow): Promise<void> {
  const { workerd, database } = platform.children()
  if (blow === 'workerd' || blow === 'launcher and workerd') signal(workerd, 'SIGKILL')
  if (blow === 'database') signal(database, 'SIGKILL')
  if (blow === 'database away') {
    signal(database, 'SIGSTOP')
    await pause(DATABASE_AWAY_MS)
    signal(database, 'SIGCONT')
  }
  if (blow.startsWith('launcher')) {
    await platform.killLauncher()
    await platform.start()
  }
}

/** A process may be between two lives. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Mulberry32: the same run meets the same blows. */
export function randomOf(seed: number): () => number {
  let state = seed * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
