import { findCrawl } from '../../storage/postgres/crawls.ts'
import type { Platform } from '../platform.ts'
import { Refusal, invalid } from '../problem.ts'
import { settledRow } from './finish-crawl.ts'

/** Refuses a `since` that names no crawl which one of `domain` could be compared with. */
export async function refuseBadBase(
  platform: Platform,
  workspaceId: string,
  request: { since?: string | undefined },
  domain: string,
): Promise<void> {
  const { since } = request
  if (since === undefined) return
  const found = await findCrawl(await platform.database(), workspaceId, since)
  if (!found) throw new Refusal(404, 'not_found', '`since` names no crawl of this workspace.')
  const base = await settledRow(platform, found)
  if (base.homeDomain !== domain)
    throw bad(`the crawl was one of ${base.homeDomain}, not of ${domain}: nothing could be compared`)
  if (base.finishedAt === null) throw bad('the crawl has not ended: wait for it, or cancel it')
}

function bad(message: string): Refusal {
  return invalid([{ path: 'since', message }])
}
