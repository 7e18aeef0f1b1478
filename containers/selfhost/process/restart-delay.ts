const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000
/** What has run that long was healthy: its next failure is a first one again. */
const HEALTHY_AFTER_MS = 60_000

/** How long to wait before a restart, and how many failures in a row that makes. */
export function restartDelayMs(failuresBefore: number, ranForMs: number): { waitMs: number; failures: number } {
  const failures = ranForMs >= HEALTHY_AFTER_MS ? 1 : failuresBefore + 1
  return { waitMs: Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)), failures }
}
