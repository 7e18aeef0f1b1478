import { parseHttpDate } from './http-date.ts'

/** Longest rest that a site is given at its word; it can ask again. */
export const MAX_RETRY_AFTER_MS = 3_600_000

/** Retry-After in either form (RFC 9110 §10.2.3) as a wait from now; undefined when absent or neither form. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? ''
  // Fractions and signs are not in the grammar, but what their authors mean is plain.
  const wait = /^-?\d+(?:\.\d+)?$/.test(text)
    ? Number(text) * 1_000
    : (parseHttpDate(text, nowMs) ?? Number.NaN) - nowMs
  if (Number.isNaN(wait)) return undefined
  return Math.round(Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS))
}
