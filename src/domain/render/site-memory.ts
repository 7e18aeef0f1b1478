/** What rendering has brought on one site of late. */
export interface SiteRecord {
  /** Renders in a row that showed nothing the fetched page had not. */
  inVain: number
  /** Epoch milliseconds. */
  at: number
}

/** What one render has brought: words and links together, as a page may be made of either. */
export interface Gain {
  before: number
  after: number
}

/** So many in a row, and the site's pages are taken as they are fetched. */
const ENOUGH_IN_VAIN = 3
/** Then one page is tried again: sites change. */
const FORGOTTEN_AFTER_MS = 6 * 3_600_000
/** A browser that shows less than this much more has shown nothing. */
const LEAST_GAIN = 1.2
const LEAST_WORDS = 10

export function isWorthRendering(record: SiteRecord | undefined, now: number): boolean {
  return record === undefined || record.inVain < ENOUGH_IN_VAIN || now - record.at > FORGOTTEN_AFTER_MS
}

export function withRender(record: SiteRecord | undefined, { before, after }: Gain, now: number): SiteRecord {
  const gained = after >= before * LEAST_GAIN && after - before >= LEAST_WORDS
  return { inVain: gained ? 0 : Math.min(ENOUGH_IN_VAIN, (record?.inVain ?? 0) + 1), at: now }
}
