import type { ScrapeOptions } from '../../contracts/api/scrape.ts'
import { ScrapeOptions as ScrapeOptionsShape } from '../../contracts/api/scrape.ts'
import { conditionalHeaders, validatorsOf } from '../../domain/fetch/conditional.ts'
import { type Fetched, type Reading, failed } from '../../domain/monitor/reading/reading.ts'
import type { PageReading } from '../../domain/page/page.ts'
import { RENDERED_TYPE } from '../../storage/archive/segment-writer.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import { contentKey } from '../crawl/keys.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import type { Rendering } from '../render/read-or-render.ts'
import { type FetchManner, type FetchedPage, fetchPage } from '../scrape/scrape.ts'
import { NoTurnYet } from '../turn.ts'
import { withSecrets } from '../secrets/monitor-credentials.ts'

const NOT_MODIFIED_STATUS = 304

/** What came of asking a site for a monitor's page. */
export type Answer =
  | { kind: 'page'; fetched: Fetched; bodyKey: string; etag: string | null; lastModified: string | null }
  | { kind: 'not-modified'; status: number }
  | { kind: 'unavailable'; reading: Reading; status: null }
  /** The site has a turn for us only then. */
  | { kind: 'later'; startAt: Date }

type Target = Pick<MonitorRow, 'id' | 'url' | 'sealed' | 'options' | 'memory' | 'etag' | 'lastModified'>

/** Asks for the page in the site's own line; only for what is new, where nothing else has to be known of it. */
export async function fetchTarget(platform: Platform, monitor: Target): Promise<Answer> {
  const options = await scrapeOptionsOf(platform, monitor)
  const conditions = mayBeTheSame(monitor) ? conditionalHeaders(monitor) : {}
  try {
    // Links are asked for so that no data stand for what a browser would show.
    const wanted = { ...options, url: monitor.url, formats: ['links' as const] }
    const { url, redirects, hop, read } = await fetchPage(platform, wanted, { conditions, ...readingBefore(options) })
    if (hop.status === NOT_MODIFIED_STATUS && Object.keys(conditions).length > 0)
      return { kind: 'not-modified', status: hop.status }
    if (read.rendering) return renderedPage(hop, read.rendering)
    const { status, headers, body } = hop
    // What another address was asked with means nothing to this one: a page behind a redirect is always fetched whole.
    const validators = redirects.length > 0 ? { etag: null, lastModified: null } : validatorsOf(headers)
    return { kind: 'page', fetched: { url, status, headers, body }, bodyKey: contentKey(body), ...validators }
  } catch (error) {
    if (error instanceof NoTurnYet) return { kind: 'later', startAt: new Date(error.startAt) }
    if (!(error instanceof Refusal)) throw error
    const kind = error.code === 'blocked_by_site' ? 'challenge' : 'error'
    return { kind: 'unavailable', reading: failed(kind, error.code, error.message), status: null }
  }
}

/** The site's validators tell of the bytes that it sent, and nothing of what scripts made of them: none are kept. */
function renderedPage({ headers }: FetchedPage['hop'], { url, status, body }: Rendering): Answer {
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  const fetched: Fetched = { url, status, headers: [...others, ['content-type', RENDERED_TYPE]], body }
  return { kind: 'page', fetched, bodyKey: contentKey(body), etag: null, lastModified: null }
}

/** While a change waits to be seen again, the page itself has to be looked at. */
function mayBeTheSame({ memory }: Pick<MonitorRow, 'memory'>): boolean {
  return memory !== null && memory.baseline !== null && memory.pending === null
}

async function scrapeOptionsOf(platform: Platform, monitor: Target): Promise<ScrapeOptions> {
  const options = monitor.options.scrapeOptions ?? ScrapeOptionsShape.parse({})
  const render = monitor.options.render === 'auto' && !platform.openRenderer ? 'never' : monitor.options.render
  return { ...(await withSecrets(platform, monitor, options)), render }
}

/** Has words enough for nobody to ask whether scripts would bring more. */
const UNREAD: PageReading = {
  title: null,
  description: null,
  language: null,
  wordCount: Infinity,
  charset: 'utf-8',
  links: [],
  directives: { nofollow: false, noindex: false },
  warnings: [],
}

/** What the page says is read by the monitor's own rules. Before, only where it is to be found out whether a browser pays. */
function readingBefore({ render, waitFor }: ScrapeOptions): FetchManner {
  return render === 'auto' && waitFor === undefined ? {} : { read: () => Promise.resolve(UNREAD) }
}

/** Whether the body is byte by byte the last one that could be read, and nothing has to be looked at again. */
export function isSameBody(
  monitor: Pick<MonitorRow, 'memory' | 'bodyKey'>,
  answer: Answer & { kind: 'page' },
): boolean {
  const { status } = answer.fetched
  return status >= 200 && status < 300 && answer.bodyKey === monitor.bodyKey && mayBeTheSame(monitor)
}
