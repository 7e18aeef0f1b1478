import type { FrontierRpc } from '../../contracts/frontier.ts'
import type { CrawlRow } from '../../storage/postgres/tables.ts'
import type { Platform } from '../platform.ts'

/** A place in a list that goes frontier by frontier: the frontier, by its rank in the crawl, and the last item seen there. */
export interface FrontierPlace {
  frontier: number
  after: number
}

interface Numbered {
  id: number
}

/**
 * A page of what a crawl's frontiers have, in an order that never changes: following the places to the end yields each
 * item exactly once, also while the crawl runs.
 */
export async function acrossFrontiers<Item extends Numbered>(
  platform: Platform,
  row: CrawlRow,
  query: { from: FrontierPlace; limit: number },
  ask: (frontier: FrontierRpc, query: { crawlId: string; after: number; limit: number }) => Promise<Item[]>,
): Promise<{ items: Item[]; next: FrontierPlace | null }> {
  const reported = await platform.ledger(row.id).domains()
  const domains = reported.length > 0 ? reported : [row.homeDomain]
  const items: Item[] = []
  let { frontier, after } = query.from
  for (; frontier < domains.length; frontier++, after = 0) {
    const wanted = query.limit - items.length
    const frontierOf = platform.frontier(domains[frontier] ?? '')
    const found = await ask(frontierOf, { crawlId: row.id, after, limit: wanted + 1 })
    items.push(...found.slice(0, wanted))
    if (found.length > wanted) return { items, next: { frontier, after: found[wanted - 1]?.id ?? after } }
  }
  return { items, next: null }
}
