import type { CrawlCounts, CrawlFailure } from '../crawl/crawl-status.ts'
import type { PageNews } from '../monitor/site/site-change.ts'

/** What happened: `data` is what receivers of webhooks get. Contracts only grow: an event of an older version has less. */
export type OutgoingEvent = { id: string; at: string } & Happening

export type Happening =
  | { type: 'crawl.started' | 'crawl.completed' | 'crawl.failed' | 'crawl.cancelled'; data: CrawlNews }
  | { type: 'crawl.page'; data: CrawlPageNews }
  | { type: 'monitor.changed'; data: MonitorChangedNews }
  | { type: 'monitor.failing'; data: MonitorFailingNews }
  | { type: 'monitor.recovered'; data: MonitorRecoveredNews }
  | { type: 'monitor.late'; data: MonitorLateNews }
  | { type: 'monitor.digest'; data: MonitorDigestNews }
  | { type: 'channel.disabled'; data: ChannelDisabledNews }
  | { type: 'channel.test'; data: ChannelTestNews }

export interface CrawlNews {
  crawlId: string
  name: string | null
  url: string
  status: string
  counts: CrawlCounts
  bytes: number
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  error: CrawlFailure | null
}

export interface CrawlPageNews {
  crawlId: string
  /** The Document without its bulky formats, which `GET /v1/crawls/:id/pages` has. */
  page: { url: string; status: number; title: string | null }
}

interface MonitorNamed {
  monitorId: string
  monitor: { name: string; url: string }
}

export interface MonitorChangedNews extends MonitorNamed {
  change: {
    id: string
    at: string
    summary: { added: number; removed: number; changedRatio: number }
    diffUrl: string
    /** The difference as text, cut to what a message can hold. */
    excerpt?: string
  }
  /** Why it counts as a change. */
  reason?: string
  /** Of a monitor of a whole site: how many pages are new, changed and gone. */
  pages?: { new: number; changed: number; removed: number; list?: readonly PageNews[] }
}

export interface MonitorFailingNews extends MonitorNamed {
  /** Checks in a row. */
  failures: number
  since: string
  error: { code: string; detail: string }
  /** Not the first word of it. */
  reminder?: boolean
}

export interface MonitorRecoveredNews extends MonitorNamed {
  /** Since when it had been failing. */
  since: string
}

/** A check that is due and was not made. */
export interface MonitorLateNews extends MonitorNamed {
  dueAt: string
  lateMs: number
}

/** What a digest gathers. */
export type MonitorHappening = Extract<
  Happening,
  { type: 'monitor.changed' | 'monitor.failing' | 'monitor.recovered' | 'monitor.late' }
>

/** What has happened since the last digest of a channel, oldest first. */
export interface MonitorDigestNews {
  channelId: string
  name: string
  since: string
  until: string
  counts: { changed: number; failing: number; recovered: number; late: number }
  events: ({ id: string; timestamp: string } & MonitorHappening)[]
  /** What is left for the digests that follow at once. */
  more: number
}

export interface ChannelDisabledNews {
  channelId: string
  name: string
  reason: string
}

export interface ChannelTestNews {
  channelId: string
  name: string
}
