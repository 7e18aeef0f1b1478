import type { Crawl } from '../../contracts/api/crawl.ts'
import { ScrapeOptions } from '../../contracts/api/scrape.ts'
import type { CrawlProgress } from '../../contracts/ledger.ts'
import type { Changes } from '../../domain/crawl/change.ts'
import { shownWaiting } from '../../domain/crawl/waiting.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'

const time = (at: number | Date | null): string | null => (at === null ? null : new Date(at).toISOString())

/** The crawl as its callers see it: its row, and while it runs what its ledger says. */
export function crawlView(row: CrawlRow, progress: CrawlProgress | null, soFar: Changes | null = null): Crawl {
  const { sealed: _kept, ...shown } = row.options
  const live = row.finishedAt === null ? progress : null
  const changes = row.changes ?? soFar
  return {
    id: row.id,
    name: row.name,
    ...(row.monitorId !== null && { monitorId: row.monitorId }),
    url: row.url,
    status: live?.status ?? row.status,
    counts: live?.counts ?? row.counts,
    bytes: live?.bytes ?? row.bytes,
    ...holdUps(live),
    ...(changes && { changes }),
    createdAt: row.createdAt.toISOString(),
    startedAt: time(live?.startedAt ?? row.startedAt),
    finishedAt: time(live?.finishedAt ?? row.finishedAt),
    error: live?.error ?? row.error,
    options: { ...shown, scrapeOptions: ScrapeOptions.parse(shown.scrapeOptions) },
  }
}

/** What keeps a running crawl from getting on. */
function holdUps(live: CrawlProgress | null): Pick<Crawl, 'paused' | 'waiting'> {
  return live ? { paused: live.paused, waiting: shownWaiting(live.waiting) } : { paused: false, waiting: null }
}
