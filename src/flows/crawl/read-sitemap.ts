import type { LeasedUrl } from '../../contracts/frontier.ts'
import { credentialHosts } from '../../domain/crawl/credential-hosts.ts'
import { headersFor } from '../../domain/fetch/headers-for.ts'
import { redirectTarget } from '../../domain/fetch/redirect.ts'
import type { Outcome } from '../../domain/frontier/outcome.ts'
import { ROBOTS_PATH, parseRobots } from '../../domain/robots/robots.ts'
import { parseSitemap } from '../../domain/sitemap/sitemap.ts'
import { gunzipCapped, isGzip } from '../../net/gunzip.ts'
import { withCookies } from '../../net/cookies.ts'
import { fetchHop } from '../fetch-hop.ts'
import type { Platform } from '../platform.ts'
import type { Found } from './discover.ts'
import type { CrawlFetching, Hopping } from './visit-page.ts'

/** sitemaps.org: a sitemap has at most 50 MB uncompressed. */
const SITEMAP_MAX_BYTES = 52_428_800
const SITEMAP_TIMEOUT_MS = 60_000
/** A sitemap's pages count as one step from the start, like the links of the start page. */
const SITEMAP_PAGE_DEPTH = 1

/** Reads one sitemap and names what it lists. A sitemap that is missing or broken costs the crawl nothing. */
export async function readSitemap(
  platform: Platform,
  { brief, headers, cookies }: CrawlFetching,
  url: LeasedUrl,
  hopping: Hopping,
): Promise<{ outcome: Outcome; found: Found[] }> {
  const hop = await fetchHop(platform, {
    url: url.url,
    headers: withCookies(headersFor(headers, url.url, credentialHosts(brief)), cookies.headerFor(url.url)),
    timeoutMs: SITEMAP_TIMEOUT_MS,
    maxBytes: SITEMAP_MAX_BYTES,
    readableOnly: false,
    ...hopping,
  })
  const from = { id: url.id, url: url.url }
  if (hop.kind === 'redirect') {
    const target = redirectTarget(hop.status, hop.location, url.url)
    const next: Found[] = target.ok ? [{ url: target.url, kind: 'sitemap', depth: url.depth + 1, from }] : []
    return { outcome: { kind: 'read' }, found: next }
  }
  if (hop.kind === 'fault') return { outcome: { kind: 'failed', fault: hop.fault, detail: hop.detail }, found: [] }
  if (hop.status === 429 || hop.status === 503) return { outcome: { kind: 'slow-down', status: hop.status }, found: [] }
  if (hop.status >= 400) return { outcome: { kind: 'failed', fault: 'http_error', status: hop.status }, found: [] }
  const bytes = isGzip(hop.body) ? await gunzipCapped(hop.body, SITEMAP_MAX_BYTES) : hop.body
  const text = new TextDecoder().decode(bytes)
  if (isRobots(url.url)) return { outcome: { kind: 'read' }, found: declared(text, url.url, from) }
  const sitemap = parseSitemap(text, url.url)
  const sitemaps = sitemap.sitemaps.map((next): Found => ({ url: next, kind: 'sitemap', depth: url.depth + 1, from }))
  const pages = sitemap.entries.map((entry): Found => ({
    url: entry.url,
    kind: 'page',
    depth: SITEMAP_PAGE_DEPTH,
    from,
  }))
  return { outcome: { kind: 'read' }, found: [...sitemaps, ...pages] }
}

/** Read for the sitemaps that it declares on other domains: who declares them there proves that they are its own (sitemaps.org). */
function isRobots(url: string): boolean {
  return new URL(url).pathname === ROBOTS_PATH
}

function declared(text: string, robotsUrl: string, from: Found['from']): Found[] {
  return parseRobots(text).sitemaps.flatMap((address): Found[] => {
    const url = URL.parse(address, robotsUrl)?.href
    return url === undefined ? [] : [{ url, kind: 'sitemap', depth: 0, from }]
  })
}
