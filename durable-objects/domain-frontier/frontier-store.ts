import { CrawlTable } from './crawls.ts'
import { LaneTable } from './lanes.ts'
import { LeaseTable } from './leases.ts'
import { OriginTable } from './origins.ts'
import { RenderRecords } from './render-records.ts'
import { TrapCounts } from './trap-counts.ts'
import { UrlTable } from './urls.ts'

/** The frontier's tables, and its clock: one second of waiting lasts 1/clockSpeed seconds in tests. */
export interface FrontierStore {
  crawls: CrawlTable
  origins: OriginTable
  lanes: LaneTable
  urls: UrlTable
  leases: LeaseTable
  traps: TrapCounts
  renders: RenderRecords
  clockSpeed: number
}

export function frontierStore(sql: SqlStorage, clockSpeed: number): FrontierStore {
  return {
    crawls: new CrawlTable(sql),
    origins: new OriginTable(sql),
    lanes: new LaneTable(sql),
    urls: new UrlTable(sql),
    leases: new LeaseTable(sql),
    traps: new TrapCounts(sql),
    renders: new RenderRecords(sql),
    clockSpeed,
  }
}
