import { env } from 'cloudflare:workers'
import type { FrontierReport, LedgerRpc } from '../../../src/contracts/ledger.ts'
import { NO_COUNTS } from '../../../src/domain/crawl/crawl-status.ts'
import { brief } from '../domain-frontier/in-frontier.ts'

/** The ledger of a crawl of one page, which is still to be fetched. */
export async function runningCrawl(crawlId: string = crypto.randomUUID()): Promise<LedgerRpc> {
  const ledger = env.CRAWL_LEDGER.getByName(crawlId) as unknown as LedgerRpc
  await ledger.open(brief({ crawlId }))
  await ledger.report(report(1, 0, false))
  await ledger.seeded()
  return ledger
}

export function report(sequence: number, fetched: number, idle: boolean): FrontierReport {
  return {
    domain: 'example.com',
    sequence,
    counts: { ...NO_COUNTS, discovered: 1, fetched, queued: 1 - fetched },
    bytes: 0,
    recorded: fetched,
    granted: fetched,
    wants: 1 - fetched,
    idle,
  }
}
