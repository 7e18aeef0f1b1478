import type { LeasedUrl } from '../../contracts/frontier.ts'
import type { Change } from '../../domain/crawl/change.ts'
import type { CrawlBrief, LoginPlace } from '../../domain/crawl/crawl-brief.ts'
import { credentialHosts } from '../../domain/crawl/credential-hosts.ts'
import { headerValues } from '../../domain/fetch/header-values.ts'
import { headersFor } from '../../domain/fetch/headers-for.ts'
import { httpErrorDetail } from '../../domain/fetch/http-error-detail.ts'
import { type RedirectTarget, noTargetDetail, redirectTarget } from '../../domain/fetch/redirect.ts'
import { retryAfterMs } from '../../domain/fetch/retry-after.ts'
import type { Outcome } from '../../domain/frontier/outcome.ts'
import type { PageReading } from '../../domain/page/page.ts'
import { canonicalUrl } from '../../domain/url/canonical-url.ts'
import { type Cookies, withCookies } from '../../net/cookies.ts'
import type { HopOutcome } from '../../net/download.ts'
import type { Renderer } from '../../net/rendering/renderer.ts'
import type { Revisit } from '../../storage/archive/segment-writer.ts'
import { type HopWish, fetchHop } from '../fetch-hop.ts'
import type { Rendering } from '../render/read-or-render.ts'
import type { Platform } from '../platform.ts'
import { askedOf, comparedWithFormer } from './compare-page.ts'
import type { FormerPage, FormerPages } from './former-pages.ts'
import { contentHash } from './keys.ts'
import { readVisited } from './read-visited.ts'

/** Hops that a chain of redirects may take, as browsers and the Fetch standard count (20), made stricter: none is polite. */
const MAX_REDIRECTS = 10

export interface FetchedPage {
  url: LeasedUrl
  status: number
  contentType: string | undefined
  headers: [string, string][]
  body: Uint8Array
  fetchedAt: Date
  latencyMs: number
  reading: PageReading
  /** What the page asks of robots. */
  asked: ('noindex' | 'nofollow')[]
  /** Links may be followed, as far as the page itself says. */
  follow: boolean
  /** Against the former crawl, if there is one. */
  change?: Change
  /** Set where the former bytes still stand; `body` is theirs. */
  revisit?: Revisit
  /** What the page was read from instead of `body`. */
  rendering?: Rendering
}

/** What a visit of one URL led to: a page to record, a redirect to follow as a URL of its own, or an outcome to settle. */
export type Visited =
  | { kind: 'page'; page: FetchedPage }
  | { kind: 'redirect'; url: LeasedUrl; target: string; latencyMs: number; status: number }
  | { kind: 'settled'; url: LeasedUrl; outcome: Outcome }
  /** The site does not know our session any more. */
  | { kind: 'logged-out' }

/** A crawl, and the headers that its fetches carry, credentials included: never stored, never sent on. */
export interface CrawlFetching {
  brief: CrawlBrief
  headers: Record<string, string>
  cookies: Cookies
  /** What the former crawl has of the lease's URLs. */
  former?: FormerPages
  renderer?: Renderer | undefined
}

/** How a visit takes part in a fetch: see `DownloadRequest`. */
export type Hopping = Required<Pick<HopWish, 'onAnswer' | 'largeBodyTurn'>>

const UNASKED_304: Outcome = {
  kind: 'failed',
  fault: 'invalid_response',
  detail: 'The site answered 304 Not Modified to a request that made no condition.',
  status: 304,
}

export async function visitPage(
  platform: Platform,
  fetching: CrawlFetching,
  url: LeasedUrl,
  hopping: Hopping,
): Promise<Visited> {
  const { brief, headers, cookies } = fetching
  const fetchedAt = platform.now()
  const former = sameAgain(fetching.former?.get(url.url))
  const hop = await fetchHop(platform, {
    url: url.url,
    headers: {
      ...askedOf(former),
      ...withCookies(headersFor(headers, url.url, credentialHosts(brief)), cookies.headerFor(url.url)),
    },
    timeoutMs: brief.page.timeoutMs,
    bound: `${brief.page.timeoutMs} ms, the \`timeout\``,
    maxBytes: brief.page.maxBytes,
    readableOnly: true,
    visitor: brief.page,
    ...hopping,
  })
  if (hop.kind !== 'fault') cookies.take(setCookiesOf(hop), url.url)
  if (brief.login && isLoggedOut(brief.login, url.url, hop)) return { kind: 'logged-out' }
  if (hop.kind === 'redirect')
    return redirected(brief, url, { ...hop, ...redirectTarget(hop.status, hop.location, url.url) })
  if (hop.kind === 'fault') return { kind: 'settled', url, outcome: faulted(hop) }
  const refusal = refusalOf(hop, platform.now())
  if (refusal) return { kind: 'settled', url, outcome: refusal }
  const compared = comparedWithFormer(brief, former, hop)
  if (compared.status === 304) return { kind: 'settled', url, outcome: UNASKED_304 }
  const read = await readVisited(platform, fetching, { ...compared, url: url.url })
  if (read.kind === 'failed')
    return { kind: 'settled', url, outcome: { kind: 'failed', fault: 'render_failed', detail: read.detail } }
  const { status, latencyMs } = hop
  if (read.kind === 'left') return redirected(brief, url, { ok: true, url: read.to, status, latencyMs })
  const { reading, rendering, asked, follow } = read
  const page = { ...compared, url, fetchedAt, latencyMs, reading, asked, follow, ...(rendering && { rendering }) }
  return { kind: 'page', page: { ...page, ...changeOfContent(fetching, page) } }
}

/** The site's validators tell of the bytes that it sent, and nothing of what scripts made of them. */
function sameAgain(former: FormerPage | undefined): FormerPage | undefined {
  return former?.row.document.rendered ? undefined : former
}

/** Where a browser had a part in it, then or now, what the page says is compared instead of the bytes. */
function changeOfContent({ brief, former }: CrawlFetching, page: FetchedPage): { change?: Change } {
  const then = former?.get(page.url.url)?.row.document
  if (brief.since === undefined || !(page.rendering || then?.rendered)) return {}
  if (!then) return { change: 'new' }
  return { change: contentHash(page.rendering?.body ?? page.body) === then.contentHash ? 'unchanged' : 'changed' }
}

function setCookiesOf(hop: HopOutcome & { kind: 'response' | 'redirect' }): string[] {
  return hop.kind === 'redirect' ? hop.setCookie : headerValues(hop.headers, 'set-cookie')
}

/** A 401, or a redirect to the login page, where we had not asked for it. */
function isLoggedOut(login: LoginPlace, url: string, hop: HopOutcome): boolean {
  if (samePlace(url, login.url)) return false
  if (hop.kind === 'response') return hop.status === 401
  if (hop.kind !== 'redirect') return false
  const target = redirectTarget(hop.status, hop.location, url)
  return target.ok && samePlace(target.url, login.url)
}

/** The same page, whatever its query: that often says where to go on after the login. */
function samePlace(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)]
  return a.host === b.host && a.pathname === b.pathname
}

function faulted(hop: HopOutcome & { kind: 'fault' }): Outcome {
  const status = hop.status === undefined ? {} : { status: hop.status }
  if (hop.status !== undefined && hop.status >= 400 && hop.fault !== 'blocked_by_site')
    return { kind: 'failed', fault: 'http_error', detail: httpErrorDetail(hop.status), ...status }
  if (hop.fault === 'unsupported_content_type') return { kind: 'skipped', reason: 'content_type', ...status }
  return { kind: 'failed', fault: hop.fault, detail: hop.detail, ...status }
}

/** The site's own no: a request for rest, or an error status. */
function refusalOf(hop: HopOutcome & { kind: 'response' }, now: Date): Outcome | undefined {
  const { status } = hop
  if (status === 429 || status === 503) {
    const wait = retryAfterMs(headerValues(hop.headers, 'retry-after')[0] ?? null, now.getTime())
    return { kind: 'slow-down', status, ...(wait !== undefined && { retryAfterMs: wait }) }
  }
  return status >= 400 ? { kind: 'failed', fault: 'http_error', detail: httpErrorDetail(status), status } : undefined
}

/**
 * A redirect's target becomes a URL of the crawl like any other: it passes scope, robots and the seen-before check, and
 * waits for its own turn at its own origin. So every page is recorded under the URL that really serves it, once.
 */
function redirected(
  brief: CrawlBrief,
  url: LeasedUrl,
  target: RedirectTarget & { status: number; latencyMs: number },
): Visited {
  const { status, latencyMs } = target
  const fail = (fault: 'invalid_redirect' | 'redirect_loop' | 'too_many_redirects', detail: string): Visited => ({
    kind: 'settled',
    url,
    outcome: { kind: 'failed', fault, detail, status },
  })
  if (!target.ok) return fail('invalid_redirect', noTargetDetail(target.reason))
  const canonical = canonicalUrl(target.url, undefined, { ignoreQueryParameters: brief.ignoreQueryParameters })
  if (!canonical.ok) return fail('invalid_redirect', `The redirect leads nowhere: ${canonical.reason}.`)
  const chain = [...url.redirects, url.url]
  if (chain.includes(canonical.url)) return fail('redirect_loop', `The redirects lead back to ${canonical.url}.`)
  if (chain.length > MAX_REDIRECTS) return fail('too_many_redirects', `More than ${MAX_REDIRECTS} redirects.`)
  return { kind: 'redirect', url, target: canonical.url, latencyMs, status }
}
