import type { CrawlNews } from '../../domain/delivery/outgoing-event.ts'
import type { Announcement } from '../../storage/postgres/outbox.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'

export type CrawlEnd = 'crawl.completed' | 'crawl.failed' | 'crawl.cancelled'

/** What is told of a crawl that begins or ends. */
export function crawlNews(type: 'crawl.started' | CrawlEnd, row: CrawlRow): Announcement {
  const { id, workspaceId, name, url, counts, bytes, error } = row
  const time = (at: Date | null) => at?.toISOString() ?? null
  const data: CrawlNews = {
    crawlId: id,
    name,
    url,
    // Its seeds follow at once, and nothing but its end can stop it.
    status: type === 'crawl.started' ? 'running' : row.status,
    counts,
    bytes,
    createdAt: row.createdAt.toISOString(),
    startedAt: time(row.startedAt),
    finishedAt: time(row.finishedAt),
    error,
  }
  return { workspaceId, type, subjectId: id, data }
}
