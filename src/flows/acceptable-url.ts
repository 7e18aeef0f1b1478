import { canonicalUrl } from '../domain/url/canonical-url.ts'
import type { Platform } from './platform.ts'
import { invalid } from './problem.ts'
import { refusePrivate } from './refuse-private.ts'

export type FetchableUrl = { ok: true; url: string } | { ok: false; message: string }

interface Manner {
  ignoreQueryParameters?: boolean
}

/**
 * A URL that somebody gives to be fetched, in its one spelling. A user name and password in it would be dropped, as they are of
 * the links of pages; of who gives a URL they were meant to be used, and there is a better place for them.
 */
export function fetchableUrl(given: string, manner: Manner = {}): FetchableUrl {
  if (hasCredentials(given)) return { ok: false, message: NO_CREDENTIALS }
  const canonical = canonicalUrl(given, undefined, manner)
  return canonical.ok ? canonical : { ok: false, message: 'is no URL that can be fetched' }
}

/** The same, refused at the door if it can't be fetched or is an address that may not be reached. */
export async function acceptableUrl(platform: Platform, given: string, manner: Manner = {}): Promise<string> {
  const fetchable = fetchableUrl(given, manner)
  if (!fetchable.ok) throw invalid([{ path: 'url', message: fetchable.message }])
  await refusePrivate(platform, fetchable.url)
  return fetchable.url
}

export const NO_CREDENTIALS =
  'has a user name or password in it; leave them out and give `auth` or `headers` of the scrape options instead'

export function hasCredentials(given: string): boolean {
  const { username = '', password = '' } = URL.parse(given) ?? {}
  return username !== '' || password !== ''
}
