/** A visit's lease outlives this; what comes later than a lease is tried by killing the process that holds it. */
const MOST_LATE_MS = 3_000

/**
 * Tests only (`LAPIS_TEST_QUEUE_MISCHIEF`): what at-least-once delivery may do to any message. A `share` of them, from 0 to 1,
 * is handled late, twice at the same time, or once more when it is long done.
 */
export async function withMischief(share: number, handle: () => Promise<void>): Promise<void> {
  if (Math.random() >= share) return handle()
  const kind = Math.floor(Math.random() * 3)
  if (kind === 0) await someTime()
  await Promise.all(kind === 1 ? [handle(), handle()] : [handle()])
  if (kind !== 2) return
  await someTime()
  await handle()
}

function someTime(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * MOST_LATE_MS))
}
