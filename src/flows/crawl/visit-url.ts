import type { LeasedUrl } from '../../contracts/frontier.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import type { Outcome } from '../../domain/frontier/outcome.ts'
import type { Renderer } from '../../net/rendering/renderer.ts'
import { type CrawlSession, renewedSession } from '../login/crawl-session.ts'
import type { Platform } from '../platform.ts'
import { linksOf } from './discover.ts'
import type { FormerPages } from './former-pages.ts'
import type { Pacer } from './pacer.ts'
import { readSitemap } from './read-sitemap.ts'
import { type FetchedPage, type Hopping, type Visited, visitPage } from './visit-page.ts'
import type { VisitYield } from './visit-yield.ts'

/** What fetching a lease's URLs needs, and where it gathers. */
export interface Fetching {
  platform: Platform
  brief: CrawlBrief
  /** Credentials included: never stored, never sent on. */
  headers: Record<string, string>
  session: CrawlSession | { failure: string }
  former: FormerPages
  /** A browser session of this lease's own. */
  renderer: Renderer | undefined
  pacer: Pacer
  gathered: VisitYield
}

/** Fetches one URL with the crawl's session, and gathers what came of it. */
export async function visitUrl(running: Fetching, url: LeasedUrl, hopping: Hopping): Promise<void> {
  const { platform, brief, gathered, session, headers } = running
  if ('failure' in session) {
    gathered.settle(url.id, loginFailed(session.failure))
    return
  }
  if (url.kind === 'sitemap') {
    const { outcome, found } = await readSitemap(platform, { brief, headers, cookies: session.cookies }, url, hopping)
    gathered.settle(url.id, outcome)
    gathered.find(found)
    return
  }
  const visited = await visitPage(platform, { ...running, cookies: session.cookies }, url, hopping)
  if (visited.kind === 'logged-out') await visitAfterLogin(running, url, { session, hopping })
  else take(running, visited)
}

/** The site has ended the session: once more with a new one. */
async function visitAfterLogin(
  running: Fetching,
  url: LeasedUrl,
  lost: { session: CrawlSession; hopping: Hopping },
): Promise<void> {
  const { platform, brief, gathered, pacer } = running
  const session = await renewedSession(platform, brief, lost.session)
  running.session = session
  if ('failure' in session) {
    gathered.settle(url.id, loginFailed(session.failure))
    return
  }
  const start = await pacer.start()
  // Without a start the lease is over, and the URL has another holder.
  if (!start) return
  const visited = await visitPage(platform, { ...running, cookies: session.cookies }, url, {
    ...lost.hopping,
    onAnswer: start.answered,
  })
  if (visited.kind === 'logged-out')
    gathered.settle(url.id, loginFailed(`${url.url} asks for a login right after one.`))
  else take(running, visited)
}

function take({ brief, gathered }: Fetching, visited: Exclude<Visited, { kind: 'logged-out' }>): void {
  if (visited.kind === 'page') takePage(brief, gathered, visited.page)
  else if (visited.kind === 'settled') gathered.settle(visited.url.id, visited.outcome)
  else {
    const { url, target, latencyMs, status } = visited
    gathered.settle(url.id, { kind: 'duplicate', reason: 'redirect', status, latencyMs })
    const from = { id: url.id, url: url.url }
    gathered.find([{ url: target, kind: 'page', depth: url.depth, from, redirects: [...url.redirects, url.url] }])
  }
}

function takePage(brief: CrawlBrief, gathered: VisitYield, page: FetchedPage): void {
  if (brief.noindex !== 'skip' || !page.asked.includes('noindex')) {
    gathered.addPage(page)
    return
  }
  gathered.settle(page.url.id, { kind: 'skipped', reason: 'noindex', status: page.status })
  gathered.find(linksOf(brief, page))
}

function loginFailed(detail: string): Outcome {
  return { kind: 'failed', fault: 'login_failed', detail }
}
