const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** `90s`, `15m`, `6h`, `1d`, `2w`. */
const DURATION = /^([1-9]\d{0,5})([smhdw])$/

/** Milliseconds of a duration that matches DURATION; of anything else, undefined. */
export function durationMs(duration: string): number | undefined {
  const [, count, unit] = DURATION.exec(duration) ?? []
  return count && unit ? Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS] : undefined
}
