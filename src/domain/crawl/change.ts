/** What a page is to the former crawl that this one is compared with. */
export type Change = 'new' | 'changed' | 'unchanged'

/** All pages of an incremental crawl and of its base, counted. */
export interface Changes extends Record<Change, number> {
  /** Pages of the base that are none any more; null while the crawl runs. */
  gone: number | null
  /** Pages of the base that this crawl can't speak about; null while it runs. */
  unchecked: number | null
}

/** How the crawl knows a URL of its base that it has not recorded. */
export interface Unrecorded {
  state: string
  reason?: string
  status?: number
}

/** Why a page counts as gone: as its URL ended, or that nothing led to it any more. */
export interface Gone {
  reason: string
  status?: number
}

/**
 * Whether a page of the base that was not recorded again is gone. Gone is what says so itself (404, 410), what leads or
 * belongs elsewhere now, and, if the crawl saw the whole site, what nothing links to. Undefined: who knows. A site that
 * was down, a rule that forbade, a budget that ended prove nothing.
 */
export function goneAs(url: Unrecorded | undefined, sawWholeSite: boolean): Gone | undefined {
  if (!url) return sawWholeSite ? { reason: 'unlinked' } : undefined
  const { state, reason, status } = url
  const saysSo = state === 'failed' && reason === 'http_error' && (status === 404 || status === 410)
  if (!saysSo && state !== 'duplicate') return undefined
  return { reason: reason ?? state, ...(status !== undefined && { status }) }
}
