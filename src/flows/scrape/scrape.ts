import type { Document } from '../../contracts/api/document.ts'
import type { ScrapeRequest } from '../../contracts/api/scrape.ts'
import { headerValues } from '../../domain/fetch/header-values.ts'
import { credentialHeaders } from '../../domain/fetch/credentials.ts'
import { browserFormats, fieldRules, namedFormats } from '../../domain/crawl/page-formats.ts'
import { headersFor } from '../../domain/fetch/headers-for.ts'
import { noTargetDetail, redirectTarget } from '../../domain/fetch/redirect.ts'
import { browserWishes } from '../../domain/render/browser-wishes.ts'
import { dataSuffice } from '../../domain/render/islands/data-suffice.ts'
import { userAgentOf } from '../../domain/render/visitor.ts'
import { Cookies, withCookies } from '../../net/cookies.ts'
import type { HopOutcome } from '../../net/download.ts'
import { LargeBodyTurn } from '../../net/large-body-turn.ts'
import { contentHash } from '../crawl/keys.ts'
import { refusePrivate } from '../refuse-private.ts'
import { startInTurn } from '../start-in-turn.ts'
import { noteSlowDown, unavailable } from '../turn.ts'
import { fetchHop } from '../fetch-hop.ts'
import { logIn } from '../login/log-in.ts'
import { acceptableUrl } from '../acceptable-url.ts'
import { refuseUnusable } from '../refuse-unusable.ts'
import { type ReadingWishes, described, formatsOf, readAsWished, robotsAsked, sourceText } from '../page-document.ts'
import type { Renderer } from '../../net/rendering/renderer.ts'
import { type Read, type ReadOrRendered, readOrRender } from '../render/read-or-render.ts'
import { credentialsInBrowser } from '../render/credentials-in-browser.ts'
import { siteRecords } from '../render/site-records.ts'
import { visitsOf } from '../render/visits.ts'
import { refuseUnrenderable } from '../render/refuse-unrenderable.ts'
import { renderFacts, withNotes } from '../render/render-facts.ts'
import { capturesIn, captureFacts } from '../capture/capture-facts.ts'
import { keepCaptures } from '../capture/keep-captures.ts'
import type { Platform } from '../platform.ts'

const MAX_REDIRECTS = 10

interface Scrape {
  platform: Platform
  request: ScrapeRequest
  /** Epoch milliseconds; waiting for a turn counts. */
  deadline: number
  redirects: string[]
  cookies: Cookies
  largeBodyTurn: LargeBodyTurn
  renderer: Renderer | undefined
  conditions: Readonly<Record<string, string>>
  read: Read
}

/** For callers that want a page for other ends than its Document. */
export interface FetchManner {
  /** Sent with the request for the page that was asked for, not with those that it redirects to. */
  conditions?: Readonly<Record<string, string>>
  /** In the place of the reading that the request asks for. */
  read?: Read
}

/** A page as it was answered, after redirects. */
export interface FetchedPage {
  start: string
  url: string
  redirects: readonly string[]
  fetchedAt: Date
  hop: HopOutcome & { kind: 'response' }
  read: ReadOrRendered & { kind: 'read' }
}

/** Fetches and reads one page now, in the same line as every crawl of its site. */
export async function scrape(platform: Platform, workspaceId: string, request: ScrapeRequest): Promise<Document> {
  refuseUnusable(request)
  const page = await fetchPage(platform, request)
  const { rendering } = page.read
  const { urlOf } = await keepCaptures(platform, { workspaceId, crawlId: null }, capturesIn(rendering))
  return { ...document(platform, request, page), ...captureFacts(rendering, urlOf) }
}

/** Fetches one page now, and has it rendered where that is wished or pays; what can't be had is a Refusal with the fault as its code. */
export async function fetchPage(
  platform: Platform,
  request: ScrapeRequest,
  { conditions = {}, read = (raw) => readAsWished(wishesOf(request), raw) }: FetchManner = {},
): Promise<FetchedPage> {
  refuseUnrenderable(platform, request)
  const start = await acceptableUrl(platform, request.url)
  const running: Scrape = {
    platform,
    request,
    deadline: platform.now().getTime() + request.timeout,
    redirects: [],
    cookies: new Cookies(),
    largeBodyTurn: new LargeBodyTurn(),
    renderer: platform.openRenderer?.(),
    conditions,
    read,
  }
  try {
    return await scraped(running, start)
  } finally {
    running.largeBodyTurn.end()
    await running.renderer?.close()
  }
}

async function scraped(running: Scrape, start: string): Promise<FetchedPage> {
  const { platform, request } = running
  if (request.auth?.type === 'form') {
    const failure = await logIn(platform, running.cookies, request.auth)
    if (failure !== undefined) throw unavailable('login_failed', failure)
  }
  return followTo(running, start)
}

async function followTo(running: Scrape, start: string): Promise<FetchedPage> {
  for (let url = start; ;) {
    const fetchedAt = await startInTurn(running.platform, { url, ignoreRobots: false, deadline: running.deadline })
    const hop = await scrapeHop(running, url, url === start ? running.conditions : {})
    if (hop.kind === 'fault') throw unavailable(hop.fault, hop.detail)
    if (hop.kind === 'redirect') running.cookies.take(hop.setCookie, url)
    if (hop.kind === 'response') {
      await noteSlowDown(running.platform, url, hop)
      const read = await readHop(running, url, hop)
      if (read.kind === 'read') return { start, url, redirects: running.redirects, fetchedAt, hop, read }
      url = nextHop(running, url, read.to)
    } else url = nextHop(running, url, targetOf(url, hop))
  }
}

function targetOf(url: string, hop: HopOutcome & { kind: 'redirect' }): string {
  const target = redirectTarget(hop.status, hop.location, url)
  if (!target.ok) throw unavailable('invalid_redirect', `${noTargetDetail(target.reason)} (${url})`)
  return target.url
}

function nextHop(running: Scrape, url: string, target: string): string {
  running.redirects.push(url)
  if (running.redirects.includes(target)) throw unavailable('redirect_loop', `The redirects lead back to ${target}.`)
  if (running.redirects.length > MAX_REDIRECTS)
    throw unavailable('too_many_redirects', `More than ${MAX_REDIRECTS} redirects from ${running.request.url}.`)
  return target
}

function scrapeHop(
  { platform, request, deadline, cookies, largeBodyTurn }: Scrape,
  url: string,
  conditions: Readonly<Record<string, string>>,
): Promise<HopOutcome> {
  const own = headersFor(credentialHeaders(request), url, [new URL(request.url).host])
  return fetchHop(platform, {
    url,
    headers: withCookies({ ...own, ...conditions }, cookies.headerFor(url)),
    timeoutMs: Math.max(1, deadline - platform.now().getTime()),
    bound: `${request.timeout} ms, the \`timeout\``,
    maxBytes: request.maxBytes,
    readableOnly: true,
    takesImages: true,
    visitor: request,
    largeBodyTurn,
  })
}

/** Renders where that is wished. A page that leaves by script is followed like a redirect, in its own turn. */
async function readHop(
  { request, deadline, cookies, renderer, platform, read: reader }: Scrape,
  url: string,
  hop: HopOutcome & { kind: 'response' },
): Promise<Exclude<ReadOrRendered, { kind: 'failed' }>> {
  cookies.take(headerValues(hop.headers, 'set-cookie'), url)
  const read = await readOrRender(
    {
      mode: request.render,
      ...browserWishes({ ...request, ...browserFormats(request.formats) }),
      visits: visitsOf(platform, { ignoreRobots: false, timeoutMs: request.timeout }),
      renderer,
      records: siteRecords(platform),
      dataSuffice: dataSuffice(request),
      ...credentialsInBrowser(credentialHeaders(request), cookies, url, [new URL(request.url).host]),
      userAgent: userAgentOf(platform.net.userAgent, request),
      maxCharacters: request.maxBytes,
      freeBy: deadline,
      timeoutMs: Math.max(1, deadline - platform.now().getTime()),
    },
    { ...hop, url },
    reader,
  )
  if (read.kind === 'failed') throw unavailable('render_failed', read.detail)
  if (read.kind === 'left') {
    cookies.take(read.setCookies, url)
    await refusePrivate(platform, read.to)
  }
  return read
}

function document(platform: Platform, request: ScrapeRequest, page: FetchedPage): Document {
  const { hop, url, start, fetchedAt, redirects, read } = page
  const { contentType, body } = hop
  const { reading, rendering } = read
  return {
    url: start,
    finalUrl: rendering?.url ?? url,
    status: rendering?.status ?? hop.status,
    contentType: contentType ?? null,
    fetchedAt: fetchedAt.toISOString(),
    ...renderFacts(rendering),
    redirects: [...redirects],
    ...described(reading, robotsAsked(reading, hop.headers, platform.net.productToken)),
    ...formatsOf(withNotes(reading, rendering), namedFormats(request.formats)),
    ...(request.formats.includes('rawHtml') && { rawHtml: sourceText({ contentType, body }) }),
    contentHash: contentHash(rendering?.body ?? body),
  }
}

function wishesOf(request: ScrapeRequest): ReadingWishes {
  return { ...request, formats: namedFormats(request.formats), fields: fieldRules(request.formats) }
}
