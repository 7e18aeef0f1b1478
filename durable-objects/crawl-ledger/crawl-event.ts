import type { CrawlEvent } from '../../src/contracts/api/crawl-event.ts'
import { shownWaiting } from '../../src/domain/crawl/waiting.ts'
import type { LedgerStore } from './store.ts'

/** Where a crawl stands, as an event. Its last event is the one that says how it ended, and when. */
export function latestEvent(store: LedgerStore): CrawlEvent | undefined {
  const ledger = store.read()
  if (!ledger) return undefined
  const { brief, status, startedAt, finishedAt, error, event } = ledger
  const { counts, bytes } = store.totals()
  const at = (time: number | null) => (time === null ? null : new Date(time).toISOString())
  return {
    id: event,
    type: finishedAt === null ? 'crawl.progress' : endType(status),
    at: new Date(finishedAt ?? Date.now()).toISOString(),
    data: {
      id: brief.crawlId,
      status,
      counts,
      bytes,
      waiting: shownWaiting(ledger.paused ? null : store.waiting(Date.now())),
      startedAt: at(startedAt),
      finishedAt: at(finishedAt),
      error,
    },
  }
}

export function isLast(event: CrawlEvent): boolean {
  return event.type !== 'crawl.progress'
}

function endType(status: CrawlEvent['data']['status']): CrawlEvent['type'] {
  if (status === 'failed' || status === 'cancelled') return `crawl.${status}`
  return 'crawl.completed'
}
