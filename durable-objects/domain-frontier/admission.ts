import type { Admission, Candidate } from '../../src/contracts/frontier.ts'
import { canonicalUrl } from '../../src/domain/url/canonical-url.ts'
import { ROBOTS_PATH } from '../../src/domain/robots/robots.ts'
import { registrableDomain } from '../../src/domain/url/registrable-domain.ts'
import { trapPattern } from '../../src/domain/url/trap-pattern.ts'
import type { CounterDelta, FrontierCrawl } from './crawls.ts'
import type { FrontierStore } from './frontier-store.ts'

const WELL_KNOWN_SITEMAP = '/sitemap.xml'

/** Lets candidates in, each URL once per crawl. Runs inside the caller's transaction. */
export function admit(store: FrontierStore, admission: Admission, now: number): FrontierCrawl {
  const crawl = store.crawls.open(admission.brief, now)
  const delta: Required<Pick<CounterDelta, 'queued' | 'skipped' | 'sitemaps_pending'>> = {
    queued: 0,
    skipped: 0,
    sitemaps_pending: 0,
  }
  const queuedAt = new Map<number, number>()
  for (const candidate of admission.candidates) {
    const origin = store.origins.idOf(new URL(candidate.url).origin)
    const added = store.urls.add(crawl.id, origin, candidate, (isNew) => refusalOf(store, crawl, candidate, isNew))
    if (added === 'known') continue
    if (added === 'skipped') {
      if (candidate.kind === 'page') delta.skipped++
      continue
    }
    if (candidate.kind === 'sitemap') delta.sitemaps_pending++
    else delta.queued++
    if (added === 'lifted') delta.skipped--
    queuedAt.set(origin, (queuedAt.get(origin) ?? 0) + 1)
    if (isSeed(candidate) && wantsSitemaps(crawl) && store.lanes.wantSitemaps(crawl.id, origin))
      delta.sitemaps_pending++
  }
  for (const [origin, queued] of queuedAt) store.lanes.add(crawl.id, origin, queued)
  store.crawls.add(crawl.id, delta)
  return store.crawls.get(crawl.id) ?? crawl
}

/** What is wrong with a candidate before it is fetched. Its family is counted once for each URL, when it is new. */
function refusalOf(
  store: FrontierStore,
  crawl: FrontierCrawl,
  candidate: Candidate,
  isNew: boolean,
): string | undefined {
  const refused = candidate.refused ?? crawl.closed ?? undefined
  if (refused !== undefined || !isNew || candidate.kind === 'sitemap' || candidate.depth === 0) return refused
  const pattern = trapPattern(candidate.url)
  return pattern && store.traps.count(crawl.id, pattern) ? 'trap' : undefined
}

/** The start URL, or what it redirects to: the site whose sitemaps count is the one that it really lives on. */
function isSeed(candidate: Candidate): boolean {
  return candidate.depth === 0 && candidate.kind === 'page' && candidate.refused === undefined
}

function wantsSitemaps(crawl: FrontierCrawl): boolean {
  return crawl.closed === null && crawl.brief.followLinks && crawl.brief.sitemap === 'include'
}

/**
 * Queues the sitemaps that robots.txt declares, or the well-known one; ends the lane's wish for them. Declared addresses
 * may be relative in the wild. One on another registrable domain is that domain's frontier's business: robots.txt itself is
 * then read by a visit, which hands in what it declares, as it does with all that is found.
 */
export function admitSitemaps(
  store: FrontierStore,
  crawl: FrontierCrawl,
  origin: { id: number; origin: string },
  declared: readonly string[],
): void {
  let pending = -1
  const queuedAt = new Map<number, number>()
  for (const url of sitemapsToRead(origin.origin, declared)) {
    const at = store.origins.idOf(new URL(url).origin)
    const sitemap: Candidate = { url, depth: 0, kind: 'sitemap' }
    if (store.urls.add(crawl.id, at, sitemap, () => crawl.closed ?? undefined) !== 'queued') continue
    pending++
    queuedAt.set(at, (queuedAt.get(at) ?? 0) + 1)
  }
  store.lanes.sitemapsAsked(crawl.id, origin.id)
  for (const [at, queued] of queuedAt) store.lanes.add(crawl.id, at, queued)
  store.crawls.add(crawl.id, { sitemaps_pending: pending })
}

/** The addresses of this domain to read for its sitemaps, each once. */
function sitemapsToRead(origin: string, declared: readonly string[]): Set<string> {
  const domain = registrableDomain(origin)
  const addresses = declared.length > 0 ? declared : [WELL_KNOWN_SITEMAP]
  const urls = addresses.flatMap((address) => {
    const canonical = canonicalUrl(address, origin)
    return canonical.ok ? [canonical.url] : []
  })
  return new Set(urls.map((url) => (registrableDomain(url) === domain ? url : `${origin}${ROBOTS_PATH}`)))
}
