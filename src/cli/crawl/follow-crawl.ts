import type { Api, CrawlAnswer } from '../api/api.ts'
import type { CrawlReading } from '../api/crawl-reading.ts'
import { pause } from '../pause.ts'
import type { Reporter } from '../progress/reporter.ts'
import { type StreamEnd, followEvents } from './follow-events.ts'

const LOOK_EVERY_MS = 300
/** Pages in flight when a crawl is cancelled still count; they take no longer than a page may take. */
const DRAINS_WITHIN_MS = 20_000

/**
 * Watches a crawl until it has ended and nothing of it is in flight. Cancels it when the user asks to stop. What decides
 * is how the crawl is shown; its events, where they can be had, only tell sooner and cost less than asking.
 */
export async function followCrawl(
  api: Api,
  started: CrawlAnswer,
  reporter: Reporter,
  asked: AbortSignal,
): Promise<CrawlAnswer> {
  const { id } = started.crawl
  let answer = started
  let hasStream = true
  while (!hasEnded(answer)) {
    reporter.show(answer.crawl)
    if (asked.aborted) return cancelled(api, id, reporter)
    const end: StreamEnd = hasStream ? await shownEvents(api, answer.crawl, reporter, asked) : 'unavailable'
    hasStream = end === 'broken'
    if (end !== 'ended') await pause(LOOK_EVERY_MS, asked)
    if (!asked.aborted) answer = await api.showCrawl(id)
  }
  reporter.show(answer.crawl)
  return answer
}

/** Shows a crawl by its events; the time that passes between two of them is shown, too. */
async function shownEvents(api: Api, crawl: CrawlReading, reporter: Reporter, asked: AbortSignal): Promise<StreamEnd> {
  let latest = crawl
  const ticks = setInterval(() => reporter.show(latest), LOOK_EVERY_MS)
  function show(crawl: CrawlReading): void {
    latest = crawl
    reporter.show(crawl)
  }
  try {
    return await followEvents(api, crawl, show, asked)
  } finally {
    clearInterval(ticks)
  }
}

async function cancelled(api: Api, id: string, reporter: Reporter): Promise<CrawlAnswer> {
  reporter.remark('Stopping: what was fetched is written. Press Ctrl-C again to leave at once.')
  let answer = await api.cancelCrawl(id)
  for (const since = Date.now(); !hasEnded(answer) && Date.now() - since < DRAINS_WITHIN_MS;) {
    reporter.show(answer.crawl)
    await pause(LOOK_EVERY_MS)
    answer = await api.showCrawl(id)
  }
  reporter.show(answer.crawl)
  return answer
}

/** A cancelled crawl says so at once, and that it has finished when its last fetch is in. */
function hasEnded({ crawl: { status, finishedAt } }: CrawlAnswer): boolean {
  if (status === 'cancelled') return typeof finishedAt === 'string'
  return status === 'completed' || status === 'failed'
}
