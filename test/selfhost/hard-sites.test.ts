import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GOOD_PATHS, type HardSite, hardSite } from '../fixtures/sites/hard-site.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const START_MS = 60_000
const TIMEOUT_MS = 2_000
/** What a scrape may take beyond its own timeout: a probe after it, and reading what came. */
const GRACE_MS = 6_000
/** What reading one huge page may take on a machine whose memory has never been touched: 2 s where it has, 15 s seen there. */
const READING_MS = 25_000
const CRAWL_MS = 90_000
/** A Worker has 128 MB an isolate at Cloudflare; self-hosted, one process holds every isolate and its file cache. */
const MOST_RESIDENT_MB = 800

interface ScrapeReply {
  data?: { status: number; title: string | null; markdown?: string; redirects: string[] }
  status?: number
  code?: string
  detail?: string
}

let site: HardSite
let platform: LaunchedPlatform

beforeAll(async () => {
  site = await hardSite()
  platform = new LaunchedPlatform({ LAPIS_TEST_CLOCK_SPEED: '1000' })
  await platform.start()
}, START_MS)

afterAll(async () => {
  await platform.dispose()
  await site.close()
})

async function scraped(url: string): Promise<{ reply: ScrapeReply; ms: number }> {
  const since = performance.now()
  const answer = await platform.call('POST', '/v1/scrape', { url, timeout: TIMEOUT_MS })
  const reply = (await answer.json()) as ScrapeReply
  expect(answer.status, JSON.stringify(reply).slice(0, 300)).toBe(reply.data ? 200 : 422)
  return { reply, ms: performance.now() - since }
}

describe('a scrape of a page that can not be had', () => {
  it.each([
    ['/slow-headers', 'timeout', /within \d+ ms, the `timeout`/],
    ['/slow-body', 'timeout', /within \d+ ms/],
    ['/endless-1xx', 'timeout', /within \d+ ms/],
    ['/endless-body', 'too_large', /larger than 10000000 bytes.*`maxBytes`/],
    ['/gzip-bomb', 'too_large', /after decompression/],
    ['/brotli-bomb', 'too_large', /after decompression/],
    ['/over-ten-megabytes', 'too_large', /larger than/],
    ['/nested-gzip', 'invalid_response', /gzip, gzip/],
    ['/unknown-encoding', 'invalid_response', /zstd/],
    ['/garbage-gzip', 'invalid_response', /not the gzip/],
    ['/lying-encoding', 'invalid_response', /not the gzip/],
    ['/length-too-long', 'connection_failed', /body broke off/],
    ['/truncated-chunked', 'connection_failed', /body broke off/],
    ['/truncated-gzip', 'connection_failed', /body broke off/],
    ['/reset-after-headers', 'connection_failed', /body broke off/],
    ['/reset-before-headers', 'connection_failed', /takes connections, but/],
    ['/folded-header', 'connection_failed', /break the HTTP standard/],
    ['/http-0.9', 'connection_failed', /break the HTTP standard/],
    ['/bad-status-line', 'connection_failed', /break the HTTP standard/],
    ['/loop-self', 'redirect_loop', /lead back to/],
    ['/loop-pair', 'redirect_loop', /lead back to/],
    ['/chain/b-21', 'too_many_redirects', /More than 10/],
    ['/chain/c-1000', 'too_many_redirects', /More than 10/],
    ['/no-location', 'invalid_redirect', /names no Location/],
    ['/two-locations', 'invalid_redirect', /several Locations/],
    ['/to-file', 'invalid_redirect', /neither http nor https/],
    ['/to-javascript', 'invalid_redirect', /neither http nor https/],
    ['/to-mailto', 'invalid_redirect', /neither http nor https/],
    ['/to-private', 'address_not_allowed', /private address/],
    ['/to-port-22', 'address_not_allowed', /port/],
    ['/html-as-binary', 'unsupported_content_type', /octet-stream/],
    ['/png-as-html', 'unsupported_content_type', /bytes are image\/png/],
    ['/wall/cloudflare', 'blocked_by_site', /Cloudflare.*HTTP 403/],
    ['/wall/cloudflare-503', 'blocked_by_site', /Cloudflare.*HTTP 503/],
    ['/wall/aws', 'blocked_by_site', /AWS WAF.*HTTP 202/],
  ])('%s is named %s', async (path, code, detail) => {
    const { reply, ms } = await scraped(site.url + path)
    expect(reply).toMatchObject({ status: 422, code, detail: expect.stringMatching(detail) as string })
    expect(ms).toBeLessThan(TIMEOUT_MS + GRACE_MS)
  })

  it('a port where nobody listens is named connection_refused', async () => {
    const { reply } = await scraped(`http://127.0.0.1:${await freePort()}/`)
    expect(reply).toMatchObject({ code: 'connection_refused' })
  })

  it('a name that does not exist is named dns_failure', async () => {
    const { reply } = await scraped('http://no-such-host.invalid/')
    expect(reply).toMatchObject({ code: 'dns_failure' })
  })

  it('a certificate that nobody trusts is named tls_failure', async () => {
    const { reply } = await scraped(`${site.untrustedUrl}/good/1`)
    expect(reply).toMatchObject({ code: 'tls_failure' })
  })

  it('plain HTTP on the port of an https URL is named tls_failure', async () => {
    const { reply } = await scraped(`${site.url.replace('http:', 'https:')}/good/1`)
    expect(reply).toMatchObject({ code: 'tls_failure' })
  })
})

describe('a site whose robots.txt never comes', () => {
  it('keeps a scrape no longer than its timeout', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const { reply, ms } = await scraped(`http://127.0.0.1:${port}/`)
    expect(reply).toMatchObject({ code: 'timeout', detail: expect.stringContaining('robots.txt') as string })
    expect(ms).toBeLessThan(TIMEOUT_MS + GRACE_MS)
    silent.close()
  })
})

describe('a scrape of a page that is odd but there', () => {
  it.each([
    ['/chain/a-5', 200, /^End of/],
    ['/length-too-short', 200, /^Short$/],
    ['/no-type', 200, /^Untyped$/],
    ['/nul-bytes', 200, /^N.U.L$/],
    ['/ten-megabytes', 200, /^Ten megabytes$/],
    ['/many-links', 200, /^Many links$/],
    ['/deep', 200, /^Deep$/],
    ['/long-title', 200, /^t{999}…$/],
    ['/long-attribute', 200, /^Long attribute$/],
    ['/huge-header', 200, /^Huge header$/],
    ['/thousand-headers', 200, /^Thousand headers$/],
    ['/cookie-flood', 200, /^Cookies$/],
    ['/latin-header', 200, /^Latin header$/],
    ['/bare-lf', 200, /^Bare LF$/],
    ['/early-hints', 200, /^Early hints$/],
    ['/length-and-chunked', 200, /^Both lengths$/],
    ['/upgrade', 200, /^Upgrade$/],
    ['/status-999', 999, /^999$/],
    ['/status/400', 400, /^Status 400$/],
    ['/status/401-challenge', 401, /^Sign in$/],
    ['/status/403', 403, /^Status 403$/],
    ['/status/404', 404, /^Status 404$/],
    ['/status/404-empty', 404, /^$/],
    ['/status/451', 451, /^Status 451$/],
    ['/status/500', 500, /^Status 500$/],
    ['/status/521', 521, /^Status 521$/],
    ['/status/530', 530, /^Status 530$/],
    ['/status/204', 204, /^$/],
    ['/status/205', 205, /^$/],
    ['/status/304', 304, /^$/],
  ])('%s is a Document with status %i', async (path, status, title) => {
    const { reply, ms } = await scraped(site.url + path)
    expect(reply.data?.status).toBe(status)
    expect(reply.data?.title ?? '').toMatch(title)
    expect(ms).toBeLessThan(TIMEOUT_MS + READING_MS)
  })
})

interface UrlView {
  url: string
  state: string
  reason?: string
}

describe('one crawl over all of it', () => {
  it('ends by itself, names the end of every URL, has every good page, and keeps its memory', async () => {
    const before = residentMb(platform.children().workerd)
    const scrapeOptions = { timeout: TIMEOUT_MS }
    const body = { url: `${site.url}/`, sitemap: 'skip', limit: 1_000_000, scrapeOptions }
    const crawl = await platform.json<CrawlView>('POST', '/v1/crawls', body)
    const end = await platform.crawlToEnd(crawl.id, CRAWL_MS)
    expect(end).toMatchObject({ status: 'completed', counts: { queued: 0 } })
    const urls = await endedUrls(crawl.id)
    const own = new Map(urls.filter(({ url }) => url.startsWith(site.url)).map((each) => [each.url, each]))
    expect(site.paths.filter((path) => !own.has(site.url + path))).toEqual([])
    expect([...own.values()].filter((each) => !isNamedEnd(each))).toEqual([])
    for (const path of GOOD_PATHS) expect(own.get(site.url + path), path).toMatchObject({ state: 'fetched' })
    expect(own.get(`${site.url}/wall/cloudflare`)).toMatchObject({ state: 'failed', reason: 'blocked_by_site' })
    expect(own.get(`${site.url}/status/404`)).toMatchObject({ state: 'failed', reason: 'http_error' })
    for (const asking of ['/status/429', '/status/503'])
      expect(own.get(site.url + asking)).toMatchObject({ state: 'failed', reason: 'blocked_by_site' })
    expect(own.get(`${site.url}/loop-other`)).toMatchObject({ state: 'failed', reason: 'redirect_loop' })
    expect(own.get(`${site.url}/gzip-bomb`)).toMatchObject({ state: 'failed', reason: 'too_large' })
    expect(own.get(`${site.url}/png-as-html`)).toMatchObject({ state: 'skipped', reason: 'content_type' })
    const { workerd } = platform.children()
    console.log(
      JSON.stringify({ before, after: residentMb(workerd), peak: residentMb(workerd, 'VmHWM'), counts: end.counts }),
    )
    expect(residentMb(workerd, 'VmHWM')).toBeLessThan(MOST_RESIDENT_MB)
  })
})

/** A final state, and for all but success a reason that is a code: never the text of an exception. */
function isNamedEnd({ state, reason = '' }: UrlView): boolean {
  if (state === 'fetched') return true
  return ['failed', 'skipped', 'duplicate'].includes(state) && /^[a-z]+(?:_[a-z]+)*$/.test(reason)
}

/** Every URL but the 100,000 that one page links elsewhere: those are behind the skipped ones of the index. */
async function endedUrls(crawlId: string): Promise<UrlView[]> {
  const list = `/v1/crawls/${crawlId}/urls`
  const rest = ['queued', 'fetching', 'fetched', 'failed', 'duplicate']
  const told = await Promise.all(rest.map((state) => platform.all<UrlView>(`${list}?state=${state}`)))
  const skipped = await platform.json<{ data: UrlView[] }>('GET', `${list}?state=skipped&limit=100`)
  return [...told.flat(), ...skipped.data]
}

function residentMb(pid: number, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(line?.[1]) / 1024)
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
