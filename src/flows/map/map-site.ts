import type { MapRequest } from '../../contracts/api/map.ts'
import { type Place, SiteMap } from '../../domain/map/site-map.ts'
import { readDocument } from '../../domain/page/read-document.ts'
import { parseSitemap } from '../../domain/sitemap/sitemap.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import { gunzipCapped, isGzip } from '../../net/gunzip.ts'
import { acceptableUrl } from '../acceptable-url.ts'
import { pausing } from '../page-document.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { PoliteFetch } from './polite-fetch.ts'

const MAP_MS = 20_000
const PAGE_MAX_BYTES = 10_000_000
/** Of one sitemap, and of all of them together: a Worker has 128 MB, and text takes twice its bytes. */
const SITEMAP_MAX_BYTES = 20_000_000
const ALL_SITEMAPS_MAX_BYTES = 50_000_000
const MAX_SITEMAPS = 100
/** No request can ask for more places; what sitemaps list beyond is not kept. */
const MAX_PLACES = 100_000

/** Lists what a site says that it has: its sitemaps and the links of its start page. A broken sitemap costs only itself. */
export async function mapSite(platform: Platform, request: MapRequest): Promise<Place[]> {
  const start = await acceptableUrl(platform, request.url)
  const fetching = new PoliteFetch(platform, platform.now().getTime() + MAP_MS)
  const hosts = new Set([new URL(start).host])
  const map = new SiteMap((url) => isOfSite(url, hosts, request.includeSubdomains) && fetching.allows(url))
  await fetching.robots(new URL(start).origin)
  const home = request.sitemap === 'only' ? start : await readStartPage(fetching, start, hosts, map)
  if (request.sitemap !== 'skip') await readSitemaps(fetching, new URL(home).origin, map)
  return map.list(request.search ?? '', request.limit)
}

function isOfSite(url: string, hosts: ReadonlySet<string>, includeSubdomains: boolean): boolean {
  if (hosts.has(new URL(url).host)) return true
  return includeSubdomains && [...hosts].some((host) => registrableDomain(`http://${host}/`) === registrableDomain(url))
}

/** Notes the page and its links, and returns where it is after redirects: that host is the site's as well. */
async function readStartPage(fetching: PoliteFetch, start: string, hosts: Set<string>, map: SiteMap): Promise<string> {
  const page = await fetching.get(start, { maxBytes: PAGE_MAX_BYTES, readableOnly: true })
  if (page.status >= 400) throw new Refusal(422, 'http_error', `${page.url} answers ${page.status}.`)
  hosts.add(new URL(page.url).host)
  const { url, contentType, body } = page
  const request = { url, contentType, body, formats: new Set(['links'] as const), onlyMainContent: false }
  const { title, links, leads = [] } = await readDocument(request, pausing())
  map.add({ url, ...(title && { title }), source: 'page' })
  for (const link of links) map.add({ url: link.url, ...(link.text && { title: link.text }), source: 'page' })
  for (const lead of leads) if (lead.by !== 'iframe') map.add({ url: lead.url, source: 'page' })
  return url
}

/** Sitemaps that robots.txt names, or the one in the usual place, and those that they name, breadth first. */
async function readSitemaps(fetching: PoliteFetch, origin: string, map: SiteMap): Promise<void> {
  const { sitemaps } = await fetching.robots(origin)
  const queue = new Set(sitemaps.length > 0 ? sitemaps : [`${origin}/sitemap.xml`])
  let bytes = 0
  let asked = 0
  let places = 0
  for (const url of queue) {
    if (++asked > MAX_SITEMAPS || bytes >= ALL_SITEMAPS_MAX_BYTES || places >= MAX_PLACES) break
    const text = await sitemapText(fetching, url)
    if (text === undefined) break
    bytes += text.length
    const reading = parseSitemap(text, url)
    places += reading.entries.length
    for (const next of reading.sitemaps.slice(0, MAX_SITEMAPS)) queue.add(next)
    for (const { url: listed, lastModified } of reading.entries)
      map.add({ url: listed, ...(lastModified && { lastModified }), source: 'sitemap' })
  }
}

/** '' for one that can't be had; undefined: the map's time is over. */
async function sitemapText(fetching: PoliteFetch, url: string): Promise<string | undefined> {
  try {
    const { status, body } = await fetching.get(url, { maxBytes: SITEMAP_MAX_BYTES, readableOnly: false })
    if (status >= 400) return ''
    return new TextDecoder().decode(isGzip(body) ? await gunzipCapped(body, SITEMAP_MAX_BYTES) : body)
  } catch (error) {
    if (error instanceof Refusal) return error.code === 'timeout' ? undefined : ''
    throw error
  }
}
