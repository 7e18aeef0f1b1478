import type { Api } from '../api/api.ts'
import { UrlReading } from '../api/crawl-reading.ts'
import { LineFile } from './line-file.ts'
import type { ResultFolder } from './result-folder.ts'

const URLS_AT_A_TIME = 1_000
/** Failed URLs that the summary names; `urls.jsonl` has all of them. */
const NAMED_FAILURES = 5

export type ReasonCounts = Record<string, number>

/** Why URLs are not among the pages. */
export interface UrlTally {
  failed: ReasonCounts
  skipped: ReasonCounts
  duplicate: ReasonCounts
  firstFailures: { url: string; reason: string; status?: number }[]
}

/** `urls.jsonl`: every URL ever considered, with its state and reason. */
export async function writeUrls(api: Api, crawlId: string, folder: ResultFolder): Promise<UrlTally> {
  const lines = new LineFile(folder.staged('urls.jsonl'))
  const tally: UrlTally = { failed: {}, skipped: {}, duplicate: {}, firstFailures: [] }
  for await (const urls of api.list('GET /v1/crawls/{id}/urls', { crawlId, limit: URLS_AT_A_TIME }, UrlReading)) {
    await lines.write(urls.map(({ raw }) => raw))
    for (const { reading } of urls) count(tally, reading)
  }
  await lines.close()
  return tally
}

function count(tally: UrlTally, { url, state, reason = 'unexplained', status }: UrlReading): void {
  if (state !== 'failed' && state !== 'skipped' && state !== 'duplicate') return
  tally[state][reason] = (tally[state][reason] ?? 0) + 1
  if (state !== 'failed' || tally.firstFailures.length === NAMED_FAILURES) return
  tally.firstFailures.push({ url, reason, ...(status !== undefined && { status }) })
}
