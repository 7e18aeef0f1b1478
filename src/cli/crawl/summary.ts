import { relative } from 'node:path'
import type { CrawlReading } from '../api/crawl-reading.ts'
import type { WrittenResult } from '../output/write-result.ts'
import type { ReasonCounts } from '../output/write-urls.ts'
import { count, counted, duration, rate, size } from '../progress/wording.ts'

/** Characters of a URL that the summary shows; `urls.jsonl` has it whole. */
const LONGEST_URL = 100

/** What a finished command has to tell. */
export interface CrawlSummary {
  crawl: CrawlReading
  written: WrittenResult
  /** Folder of the result. */
  out: string
  interrupted: boolean
}

export function summaryJson({ crawl, written, out, interrupted }: CrawlSummary): Record<string, unknown> {
  const { id, url, status, counts, bytes, error } = crawl
  const seconds = crawlSeconds(crawl)
  return {
    type: 'summary',
    id,
    url,
    status,
    interrupted,
    pages: written.pages,
    counts,
    bytes,
    ...(crawl.changes && { changes: crawl.changes }),
    durationMs: Math.round(seconds * 1_000),
    pagesPerSecond: seconds > 0 ? Math.round((counts.fetched / seconds) * 10) / 10 : 0,
    failed: written.tally.failed,
    skipped: written.tally.skipped,
    duplicate: written.tally.duplicate,
    firstFailures: written.tally.firstFailures,
    error: error ?? null,
    out,
  }
}

export function summaryLines(summary: CrawlSummary): string[] {
  const { crawl, written, out } = summary
  const { tally } = written
  const omitted = (['failed', 'skipped', 'duplicate'] as const).flatMap((state) => reasonLine(state, tally[state]))
  const failures = tally.firstFailures.map(
    ({ url, reason, status }) => `    ${shortened(url)}  ${reason}${status === undefined ? '' : ` ${status}`}`,
  )
  const more = crawl.counts.failed - tally.firstFailures.length
  return [
    '',
    headline(summary),
    ...changesLine(crawl),
    ...omitted,
    ...(failures.length > 0
      ? ['', '  Failed:', ...failures, ...(more > 0 ? [`    … and ${count(more)} more, in urls.jsonl`] : [])]
      : []),
    '',
    `  ${folderName(out)}/`,
    ...(written.files > 0 ? [`    pages/          ${counted(written.files, 'Markdown file')}`] : []),
    `    pages.jsonl     ${counted(written.pages, 'document')}`,
    '    urls.jsonl      every URL, with its state and reason',
    '    crawl.json      the crawl, with its options and counters',
    '    crawl.warc.gz   WARC 1.1 archive',
    '',
  ]
}

function headline({ crawl, written, interrupted }: CrawlSummary): string {
  const seconds = crawlSeconds(crawl)
  const pace = seconds > 0 && written.pages > 0 ? `, ${rate(crawl.counts.fetched / seconds)} pages/s` : ''
  const facts = `${counted(written.pages, 'page')} from ${crawl.url} in ${duration(seconds)}${pace}, ${size(crawl.bytes)}`
  if (interrupted) return `Interrupted: ${facts}`
  if (crawl.status === 'completed') return `Done: ${facts}`
  const why = crawl.error ? `: ${crawl.error.detail} (${crawl.error.code})` : ''
  return `The crawl ${crawl.status === 'failed' ? 'failed' : 'was cancelled'}${why}\n${facts}`
}

function changesLine({ changes }: CrawlReading): string[] {
  if (!changes) return []
  const parts = Object.entries(changes).flatMap(([what, number]) => (number === null ? [] : `${what} ${count(number)}`))
  return [`  since then      ${parts.join(' · ')}`]
}

function reasonLine(state: string, reasons: ReasonCounts): string[] {
  const sorted = Object.entries(reasons).toSorted(([, a], [, b]) => b - a)
  if (sorted.length === 0) return []
  const total = sorted.reduce((sum, [, number]) => sum + number, 0)
  const parts = sorted.map(([reason, number]) => `${reason} ${count(number)}`)
  return [`  ${state.padEnd(10)}${count(total).padStart(5)}   ${parts.join(' · ')}`]
}

function shortened(url: string): string {
  return url.length <= LONGEST_URL ? url : `${url.slice(0, LONGEST_URL - 1)}…`
}

function crawlSeconds({ startedAt, finishedAt }: CrawlReading): number {
  if (typeof startedAt !== 'string' || typeof finishedAt !== 'string') return 0
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000
}

function folderName(out: string): string {
  const near = relative(process.cwd(), out)
  return near === '' || near.startsWith('..') ? out : near
}
