import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { credentialHosts } from '../../domain/crawl/credential-hosts.ts'
import { browserWishes } from '../../domain/render/browser-wishes.ts'
import { dataSuffice } from '../../domain/render/islands/data-suffice.ts'
import { userAgentOf } from '../../domain/render/visitor.ts'
import type { PageReading } from '../../domain/page/page.ts'
import { type RawPage, readAsWished, robotsAsked } from '../page-document.ts'
import type { Platform } from '../platform.ts'
import { credentialsInBrowser } from '../render/credentials-in-browser.ts'
import { type FetchedAnswer, type ReadOrRendered, readOrRender } from '../render/read-or-render.ts'
import { makeWay } from './way-for-calls.ts'
import { siteRecords } from '../render/site-records.ts'
import { visitsOf } from '../render/visits.ts'
import type { CrawlFetching, FetchedPage } from './visit-page.ts'

/** A crawl has time: its page waits for a browser while others are rendered, and the lease is kept meanwhile. */
const WAIT_FOR_BROWSER_MS = 120_000

type Read = ReadOrRendered & { kind: 'read' }
type Asked = Pick<FetchedPage, 'asked' | 'follow'>

/** Reads a visited page, after a browser has had it where the crawl wishes that or it pays. */
export async function readVisited(
  platform: Platform,
  { brief, headers, cookies, renderer }: CrawlFetching,
  answer: FetchedAnswer,
): Promise<(Read & Asked) | Exclude<ReadOrRendered, Read>> {
  const { url } = answer
  const wishes = {
    mode: brief.page.render ?? 'never',
    ...browserWishes(brief.page),
    visits: visitsOf(platform, mannersOf(brief)),
    renderer,
    records: siteRecords(platform),
    dataSuffice: !brief.followLinks && dataSuffice(brief.page),
    ...credentialsInBrowser(headers, cookies, url, credentialHosts(brief)),
    userAgent: userAgentOf(platform.net.userAgent, brief.page),
    maxCharacters: brief.page.maxBytes,
    freeBy: platform.now().getTime() + WAIT_FOR_BROWSER_MS,
    timeoutMs: brief.page.timeoutMs,
  }
  const read = await readOrRender(wishes, answer, (raw) => readForCrawl(brief, raw))
  if (read.kind === 'left') cookies.take(read.setCookies, url)
  if (read.kind !== 'read') return read
  if (read.rendering) cookies.take(read.rendering.setCookies, read.rendering.url)
  return { ...read, ...askedOfUs(brief, platform.net.productToken, read.reading, answer.headers) }
}

function mannersOf({ robots, delayMs, page }: CrawlBrief): Parameters<typeof visitsOf>[1] {
  return { timeoutMs: page.timeoutMs, ignoreRobots: robots === 'ignore', gapMs: delayMs }
}

/** Reads a body as the crawl wants it, for its content and its links. */
export async function readAs(
  brief: CrawlBrief,
  productToken: string,
  raw: RawPage & { headers: Iterable<[string, string]> },
): Promise<{ reading: PageReading } & Asked> {
  const reading = await readForCrawl(brief, raw)
  return { reading, ...askedOfUs(brief, productToken, reading, raw.headers) }
}

/** Markdown is always archived. */
async function readForCrawl(brief: CrawlBrief, { url, contentType, body }: RawPage): Promise<PageReading> {
  await makeWay()
  return readAsWished(brief.page, { url, contentType, body }, ['markdown', 'text'])
}

function askedOfUs(
  brief: CrawlBrief,
  productToken: string,
  reading: PageReading,
  headers: Iterable<[string, string]>,
): Asked {
  const asked = robotsAsked(reading, headers, productToken)
  return { asked, follow: brief.robots === 'ignore' || !asked.includes('nofollow') }
}
