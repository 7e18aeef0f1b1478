/** What a URL of a crawl is doing; the vocabulary of `GET /v1/crawls/:id/urls`. Numbers are stored, so they only grow. */
export const URL_STATES = ['queued', 'waiting', 'fetching', 'fetched', 'failed', 'skipped', 'duplicate'] as const

export type StoredUrlState = (typeof URL_STATES)[number]

/** `waiting` is a queued URL whose next attempt is not yet due: people see one word for both. */
export type UrlState = Exclude<StoredUrlState, 'waiting'>

export const QUEUED = 0
export const WAITING = 1
export const FETCHING = 2
export const FETCHED = 3
export const FAILED = 4
export const SKIPPED = 5
export const DUPLICATE = 6

export function shownState(stored: number): UrlState {
  const state = URL_STATES[stored] ?? 'queued'
  return state === 'waiting' ? 'queued' : state
}

/** The stored states that a shown state stands for. */
export function storedStates(shown: UrlState): number[] {
  return shown === 'queued' ? [QUEUED, WAITING] : [URL_STATES.indexOf(shown)]
}

/** Why a URL was not recorded as a page. Fetch faults keep their own names. */
export type SkipReason =
  | 'robots'
  | 'scope'
  | 'depth'
  | 'excluded'
  | 'not_included'
  | 'trap'
  | 'limit'
  | 'bytes'
  | 'time'
  | 'nofollow'
  | 'noindex'
  /** It would have ended the crawl's session. */
  | 'logout'
  | 'cancelled'
  | 'content_type'
  | 'invalid_url'
  | 'unsupported_scheme'

/** A skip that a better discovery of the same URL overrules: found again nearer, by a link that may be followed, or after a redirect moved the crawl's home. */
export const REVOCABLE_SKIPS: readonly SkipReason[] = ['depth', 'nofollow', 'scope']
