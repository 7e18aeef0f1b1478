import type { LeasedUrl } from '../../contracts/frontier.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { readConversion, readRanges, readResponse } from '../../storage/archive/segment-reader.ts'
import { RENDERED_TYPE } from '../../storage/archive/segment-writer.ts'
import { findRecorded } from '../../storage/postgres/pages.ts'
import type { PageRow } from '../../storage/postgres/tables.ts'
import type { Platform } from '../platform.ts'
import { linksOf } from './discover.ts'
import { contentKey } from './keys.ts'
import { conversionRange } from './list-pages.ts'
import { readAs } from './read-visited.ts'
import type { VisitYield } from './visit-yield.ts'

/**
 * A lost lease may have recorded pages without living to say so. They are not fetched again: their links are read from
 * the archive, and they settle as what they are. Returns the URLs that are still to be visited.
 */
export async function recallRecorded(
  platform: Platform,
  brief: CrawlBrief,
  urls: readonly LeasedUrl[],
  gathered: VisitYield,
): Promise<LeasedUrl[]> {
  const lost = urls.filter((url) => url.lost && url.kind === 'page')
  if (lost.length === 0) return [...urls]
  const rows = await findRecorded(
    await platform.database(),
    brief.crawlId,
    lost.map((url) => contentKey(url.url)),
  )
  const byKey = new Map(rows.map((row) => [row.urlKey, row]))
  const left: LeasedUrl[] = []
  for (const url of urls) {
    const row = byKey.get(contentKey(url.url))
    if (row) await recall(platform, brief, { url, row }, gathered)
    else left.push(url)
  }
  return left
}

async function recall(
  platform: Platform,
  brief: CrawlBrief,
  recorded: { url: LeasedUrl; row: PageRow },
  gathered: VisitYield,
): Promise<void> {
  const { url, row } = recorded
  const range = { segment: row.segment, offset: row.responseOffset, length: row.responseLength }
  const [member] = await readRanges(platform.archive, [range])
  const { headers, body } = readResponse(member ?? new Uint8Array())
  const contentType = row.document.contentType ?? undefined
  const rendered = row.document.rendered ? await renderedBody(platform, row) : undefined
  const read = await readAs(brief, platform.net.productToken, {
    url: url.url,
    headers,
    ...(rendered ? { contentType: RENDERED_TYPE, body: rendered } : { contentType, body }),
  })
  gathered.settle(url.id, { kind: 'recorded', status: row.status, bytes: body.byteLength, latencyMs: 0 })
  gathered.find(linksOf(brief, { url, ...read }))
}

async function renderedBody(platform: Platform, row: PageRow): Promise<Uint8Array | undefined> {
  const [members] = await readRanges(platform.archive, [conversionRange(row)])
  return members && readConversion(members).rendered
}
