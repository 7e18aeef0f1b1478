import type { Candidate } from '../../contracts/frontier.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import type { PageReading } from '../../domain/page/page.ts'
import { canonicalUrl } from '../../domain/url/canonical-url.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import { compileScope } from '../../domain/url/scope.ts'
import { looksLikeLogout } from '../../domain/url/logout.ts'
import { isPlainlyBinary } from '../../domain/url/plainly-binary.ts'
import { type SeenUrls, refusedMark } from './seen-urls.ts'

/** A URL as something on the way names it. */
export interface Found {
  url: string
  kind: 'page' | 'sitemap'
  depth: number
  /** The page that names it. */
  from: { id: number; url: string }
  redirects?: string[]
  /** Found, but not to be fetched, for this reason. */
  refused?: string
}

/** What a page that was read leads to, one step farther from the start. */
export function linksOf(
  brief: CrawlBrief,
  page: { url: { id: number; url: string; depth: number }; reading: PageReading; follow: boolean },
): Found[] {
  if (!brief.followLinks) return []
  const { id, url, depth } = page.url
  const refused = page.follow ? {} : { refused: 'nofollow' }
  return namedBy(brief, page.reading).map((named) => ({
    url: named,
    kind: 'page',
    depth: depth + 1,
    from: { id, url },
    ...refused,
  }))
}

/** Its links, where it sends its readers, its frames, and the name that it would rather go by. */
function namedBy(brief: CrawlBrief, { links, leads = [], canonicalUrl: canonical }: PageReading): string[] {
  const followed = leads.filter(({ by }) => by !== 'iframe' || brief.iframes === 'follow')
  return [...[...links, ...followed].map(({ url }) => url), ...(canonical === undefined ? [] : [canonical])]
}

/** Candidates by the frontier (registrable domain) that they belong to. */
export type Discoveries = Map<string, Candidate[]>

/** Frontiers refuse nothing they have not seen, so sitemaps that nest for ever are cut here. */
const MAX_SITEMAP_DEPTH = 5

/**
 * Turns what pages, redirects and sitemaps name into candidates, each URL once, with the verdict of the crawl's scope.
 * What is refused goes to the crawl's home frontier, which keeps the reason; nothing is fetched from a foreign domain to
 * say no to it.
 */
export function discover(brief: CrawlBrief, domain: string, found: Iterable<Found>, seen: SeenUrls): Discoveries {
  const inScope = compileScope(brief.scope)
  const discoveries: Discoveries = new Map()
  for (const each of found) {
    const canonical = canonicalUrl(each.url, undefined, { ignoreQueryParameters: brief.ignoreQueryParameters })
    if (!canonical.ok) continue
    const { url } = canonical
    // Most links of most pages are to pages known already: what this isolate has delivered needs no second delivery.
    const admittedMark = markOf(brief, each, url)
    if (seen.has(admittedMark)) continue
    const refused = each.refused ?? refusalOf(brief, inScope, each, url)
    const mark = refused === undefined ? admittedMark : refusedMark(url)
    if (refused !== undefined && seen.has(mark)) continue
    seen.note(mark)
    const owner = refused === undefined ? registrableDomain(url) : brief.homeDomain
    const list = discoveries.get(owner)
    const candidate = asCandidate(each, url, refused, owner === domain)
    if (list) list.push(candidate)
    else discoveries.set(owner, [candidate])
  }
  return discoveries
}

/** A URL may be a page and a sitemap; and where depth counts, the same URL found nearer is news. */
function markOf(brief: CrawlBrief, each: Found, url: string): string {
  if (each.kind === 'sitemap') return `sitemap ${url}`
  return brief.scope.maxDepth === null ? url : `${each.depth} ${url}`
}

function refusalOf(
  brief: CrawlBrief,
  inScope: ReturnType<typeof compileScope>,
  each: Found,
  url: string,
): string | undefined {
  if (each.kind === 'sitemap') return each.depth > MAX_SITEMAP_DEPTH ? 'depth' : undefined
  if (brief.login && looksLikeLogout(url)) return 'logout'
  const verdict = inScope(url, each.depth)
  if (!verdict.admitted) return verdict.reason
  return isPlainlyBinary(url) ? 'content_type' : undefined
}

function asCandidate(each: Found, url: string, refused: string | undefined, atHome: boolean): Candidate {
  return {
    url,
    depth: each.depth,
    kind: each.kind,
    discoveredFrom: atHome ? each.from.id : each.from.url,
    ...(each.redirects && { redirects: each.redirects }),
    ...(refused !== undefined && { refused }),
  }
}
