import type { Platform } from '../../src/flows/platform.ts'
import { ping } from '../../src/storage/postgres/database.ts'

export type DependencyState = 'ok' | 'unreachable'

/** A dependency that has not answered by then is as good as gone, and whoever asks gives up soon after. */
const ANSWER_WITHIN_MS = 5_000

/** How what we can't work without is doing, each asked now. */
export async function askDependencies(
  platform: Platform,
): Promise<Record<'database' | 'archive' | 'durableObjects', DependencyState>> {
  const [database, archive, durableObjects] = await Promise.all([
    stateOf(async () => ping(await platform.database())),
    stateOf(() => platform.archive.head('ready')),
    stateOf(() => platform.ledger('ready').progress()),
  ])
  return { database, archive, durableObjects }
}

async function stateOf(ask: () => Promise<unknown>): Promise<DependencyState> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<DependencyState>((resolve) => {
    timer = setTimeout(() => resolve('unreachable'), ANSWER_WITHIN_MS)
  })
  const asked = ask().then(
    () => 'ok' as const,
    () => 'unreachable' as const,
  )
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
