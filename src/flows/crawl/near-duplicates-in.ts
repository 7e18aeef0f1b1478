import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { areNearDuplicates } from '../../domain/page/near-duplicate.ts'
import { type Fingerprint, findNearDuplicates } from '../../storage/postgres/near-duplicates.ts'
import type { Platform } from '../platform.ts'

/**
 * The URL keys of pages that are not to be recorded, because an earlier page of the crawl or of their own batch has nearly
 * their text. Batches that are recorded at the same moment don't know of each other: of two copies in them, both stay.
 */
export async function nearDuplicatesIn(
  platform: Platform,
  brief: CrawlBrief,
  pages: readonly { urlKey: string; simhash: bigint | null }[],
): Promise<Set<string>> {
  if (brief.nearDuplicates !== 'skip') return new Set()
  const telling = pages.flatMap(({ urlKey, simhash }): Fingerprint[] => (simhash === null ? [] : [{ urlKey, simhash }]))
  const copies = await findNearDuplicates(await platform.database(), brief.crawlId, telling)
  const kept: Fingerprint[] = []
  for (const page of telling) {
    if (copies.has(page.urlKey)) continue
    if (kept.some((each) => areNearDuplicates(each.simhash, page.simhash))) copies.add(page.urlKey)
    else kept.push(page)
  }
  return copies
}
