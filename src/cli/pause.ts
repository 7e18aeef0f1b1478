import { setTimeout as wait } from 'node:timers/promises'

/** Waits, or less when the signal comes first. Never throws. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { ...(signal && { signal }) })
  } catch {
    // Only the signal ends a wait early.
  }
}
