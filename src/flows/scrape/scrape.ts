import type { Document } from '../../contracts/api/document.ts'
import type { ScrapeRequest } from '../../contracts/api/scrape.ts'
import type { FetchFault } from '../../domain/fetch/fault.ts'
import { headerValues } from '../../domain/fetch/header-values.ts'
import { credentialHeaders } from '../../domain/fetch/credentials.ts'
import { headersFor } from '../../domain/fetch/headers-for.ts'
import { noTargetDetail, redirectTarget } from '../../domain/fetch/redirect.ts'
import { retryAfterMs } from '../../domain/fetch/retry-after.ts'
import { canonicalUrl } from '../../domain/url/canonical-url.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import { Cookies, withCookies } from '../../net/cookies.ts'
import type { HopOutcome } from '../../net/download.ts'
import { LargeBodyTurn } from '../../net/large-body-turn.ts'
import { contentHash } from '../crawl/keys.ts'
import { ROBOTS_TIMEOUT_MS, fetchRobots } from '../crawl/fetch-robots.ts'
import { refusePrivate } from '../refuse-private.ts'
import { fetchHop } from '../fetch-hop.ts'
import { logIn } from '../login/log-in.ts'
import { fieldRules, formatNames, refuseBadFormats } from '../formats.ts'
import { type ReadingWishes, described, formatsOf, readAsWished, robotsAsked, sourceText } from '../page-document.ts'
import type { Renderer } from '../../net/rendering/renderer.ts'
import { type ReadOrRendered, readOrRender } from '../render/read-or-render.ts'
import { credentialsInBrowser } from '../render/credentials-in-browser.ts'
import { renderFacts, withNotes } from '../render/render-facts.ts'
import type { Platform } from '../platform.ts'
import { Refusal, noBrowser } from '../problem.ts'

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
  /** Sent with the request for the page that was asked for, not with those that it redirects to. */
  conditions: Readonly<Record<string, string>>
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

/** The site has no turn for it in time; none was taken. */
export class NoTurnYet extends Refusal {
  /** Epoch milliseconds: when there will be one. */
  readonly startAt: number

  constructor(startAt: number) {
    super(422, 'timeout', 'The site is being crawled slowly, at its own wish; no turn was free in time.')
    this.startAt = startAt
  }
}

/** Fetches and reads one page now, in the same line as every crawl of its site. */
export async function scrape(platform: Platform, request: ScrapeRequest): Promise<Document> {
  return document(platform, request, await fetchPage(platform, request))
}

/** Fetches one page now, and has it rendered where that is wished or pays; what can't be had is a Refusal with the fault as its code. */
export async function fetchPage(
  platform: Platform,
  request: ScrapeRequest,
  conditions: Readonly<Record<string, string>> = {},
): Promise<FetchedPage> {
  if (request.render === 'always' && !platform.openRenderer) throw noBrowser()
  refuseBadFormats(request.formats, 'formats')
  const start = canonicalUrl(request.url)
  if (!start.ok)
    throw new Refusal(400, 'validation_failed', 'The URL can not be fetched.', {
      errors: [{ path: 'url', message: start.reason }],
    })
  await refusePrivate(platform, start.url)
  const running: Scrape = {
    platform,
    request,
    deadline: platform.now().getTime() + request.timeout,
    redirects: [],
    cookies: new Cookies(),
    largeBodyTurn: new LargeBodyTurn(),
    renderer: platform.openRenderer?.(),
    conditions,
  }
  try {
    return await scraped(running, start.url)
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
    const fetchedAt = await takeTurn(running, url)
    const hop = await scrapeHop(running, url, url === start ? running.conditions : {})
    if (hop.kind === 'fault') throw unavailable(hop.fault, hop.detail)
    if (hop.kind === 'redirect') running.cookies.take(hop.setCookie, url)
    if (hop.kind === 'response') {
      await noteSlowDown(running, url, hop)
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

/** Waits for a start on the URL's origin, fetching its robots.txt first where nobody knows it. */
async function takeTurn(running: Scrape, url: string): Promise<Date> {
  const { platform, deadline } = running
  const frontier = platform.frontier(registrableDomain(url))
  for (;;) {
    const slot = await frontier.slot({ url, ignoreRobots: false, gapMs: null, notAfter: deadline })
    if (slot.kind === 'disallowed')
      throw unavailable('robots_disallowed', `robots.txt of ${new URL(url).host} forbids it: ${slot.rule}`)
    if (slot.kind === 'unreachable')
      throw unavailable(slot.fault, slot.detail ?? `robots.txt of ${new URL(url).host} can't be had.`)
    if (slot.kind === 'later' || slot.startAt >= deadline) throw new NoTurnYet(slot.startAt)
    await sleepUntil(slot.startAt, platform.now().getTime())
    if (slot.kind === 'granted') return platform.now()
    const { origin } = new URL(url)
    const left = Math.max(1, deadline - platform.now().getTime())
    const robots = await fetchRobots(platform, origin, Math.min(left, ROBOTS_TIMEOUT_MS))
    const tooLate = platform.now().getTime() >= deadline
    // Who had little time must not decide for everybody else that there are no rules to be had.
    if (!tooLate || robots.kind !== 'unreachable') await frontier.robotsFetched(origin, robots)
    if (tooLate) throw unavailable('timeout', `robots.txt of ${origin} did not come in time.`)
  }
}

function sleepUntil(at: number, now: number): Promise<void> {
  return at <= now ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, at - now))
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
    maxBytes: request.maxBytes,
    readableOnly: true,
    largeBodyTurn,
  })
}

/** Renders where that is wished. A page that leaves by script is followed like a redirect, in its own turn. */
async function readHop(
  { request, deadline, cookies, renderer, platform }: Scrape,
  url: string,
  hop: HopOutcome & { kind: 'response' },
): Promise<Exclude<ReadOrRendered, { kind: 'failed' }>> {
  cookies.take(headerValues(hop.headers, 'set-cookie'), url)
  const read = await readOrRender(
    {
      mode: request.render,
      waitFor: request.waitFor,
      renderer,
      ...credentialsInBrowser(credentialHeaders(request), cookies, url, [new URL(request.url).host]),
      userAgent: platform.net.userAgent,
      maxCharacters: request.maxBytes,
      freeBy: deadline,
      timeoutMs: Math.max(1, deadline - platform.now().getTime()),
    },
    { ...hop, url },
    (raw) => readAsWished(wishesOf(request), raw),
  )
  if (read.kind === 'failed') throw unavailable('render_failed', read.detail)
  if (read.kind === 'left') {
    cookies.take(read.setCookies, url)
    await refusePrivate(platform, read.to)
  }
  return read
}

async function noteSlowDown({ platform }: Scrape, url: string, hop: HopOutcome & { kind: 'response' }): Promise<void> {
  if (hop.status !== 429 && hop.status !== 503) return
  const wait = retryAfterMs(headerValues(hop.headers, 'retry-after')[0] ?? null, platform.now().getTime())
  await platform.frontier(registrableDomain(url)).slowDown(new URL(url).origin, wait)
}

function document(platform: Platform, request: ScrapeRequest, page: FetchedPage): Document {
  const { hop, url, start, fetchedAt, redirects, read } = page
  const { contentType, body } = hop
  const { reading, rendering } = read
  return {
    url: start,
    finalUrl: rendering?.url ?? url,
    status: hop.status,
    contentType: contentType ?? null,
    fetchedAt: fetchedAt.toISOString(),
    ...renderFacts(rendering),
    redirects: [...redirects],
    ...described(reading, robotsAsked(reading, hop.headers, platform.net.productToken)),
    ...formatsOf(withNotes(reading, rendering), formatNames(request.formats)),
    ...(request.formats.includes('rawHtml') && { rawHtml: sourceText({ contentType, body }) }),
    contentHash: contentHash(rendering?.body ?? body),
  }
}

function wishesOf(request: ScrapeRequest): ReadingWishes {
  return { ...request, formats: formatNames(request.formats), fields: fieldRules(request.formats) }
}

function unavailable(code: FetchFault, detail: string): Refusal {
  return new Refusal(422, code, detail)
}
