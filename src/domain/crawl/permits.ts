/** Permits handed to one of several frontiers at a time, so that the first to ask does not take them all. */
export const PERMIT_CHUNK = 64

/** One frontier's standing in a crawl's page budget. */
export interface PermitHolder {
  granted: number
  recorded: number
  wants: number
  idle: boolean
}

/**
 * Permits for the asker after its report. The sum of all permits never exceeds the limit, so no more pages than that can
 * ever be recorded, whatever runs at the same time. A crawl at home on one domain has one holder: it gets what is left.
 */
export function grant(limit: number, asker: PermitHolder, others: readonly PermitHolder[], alone: boolean): number {
  const held = others.reduce((sum, each) => sum + each.granted, 0)
  const free = Math.max(0, limit - held - asker.granted)
  if (asker.wants === 0) return asker.granted
  return asker.granted + (alone ? free : Math.min(free, asker.wants, PERMIT_CHUNK))
}

/** The budget is spent: that many pages are recorded. */
export function isSpent(limit: number, holders: readonly PermitHolder[]): boolean {
  return holders.reduce((sum, each) => sum + each.recorded, 0) >= limit
}
