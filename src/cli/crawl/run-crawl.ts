import { Api, type CrawlAnswer } from '../api/api.ts'
import type { PlatformSource } from '../api/platform.ts'
import { ApiRefusal } from '../api/problem.ts'
import { CommandFault, type ExitCode, interrupted } from '../command-fault.ts'
import type { ResultFolder } from '../output/result-folder.ts'
import { writeResult } from '../output/write-result.ts'
import { progressBar } from '../progress/bar.ts'
import { jsonLines } from '../progress/json-lines.ts'
import { plainLines } from '../progress/plain-lines.ts'
import type { Reporter } from '../progress/reporter.ts'
import type { Terminal } from '../terminal.ts'
import { addressHint } from './address-hint.ts'
import { type CrawlOrder, crawlRequest } from './crawl-order.ts'
import { followCrawl } from './follow-crawl.ts'
import { type CrawlSummary, summaryJson, summaryLines } from './summary.ts'

export interface CrawlRun {
  order: CrawlOrder
  source: PlatformSource
  /** The platform is ours, and can simply be started with other settings. */
  isPrivate: () => boolean
  folder: ResultFolder
  json: boolean
  terminal: Terminal
  /** Aborted when the user asks to stop. */
  asked: AbortSignal
}

/** Crawls and writes the result. */
export async function runCrawl(run: CrawlRun): Promise<ExitCode> {
  const { order, folder, asked } = run
  const reporter = reporterFor(run)
  const api = new Api(run.source, outageRemarks(reporter), asked)
  try {
    if (asked.aborted) throw interrupted()
    const started = await startCrawl(api, run)
    const ended = await followCrawl(api, started, reporter, asked)
    reporter.finish()
    const written = await writeResult(api, ended, folder)
    report(run, { crawl: ended.crawl, written, out: folder.path, interrupted: asked.aborted })
    return exitCode(ended, asked)
  } catch (error) {
    throw error instanceof ApiRefusal ? explained(error, run, order.url) : error
  } finally {
    reporter.finish()
  }
}

function reporterFor({ json, terminal, order }: CrawlRun): Reporter {
  if (json) return jsonLines(terminal, order.limit)
  return terminal.isWatched ? progressBar(terminal, order.limit) : plainLines(terminal, order.limit)
}

function outageRemarks(reporter: Reporter): { onOutage(what: string): void; onRecovery(): void } {
  return {
    onOutage: (what) => reporter.remark(`The platform does not answer (${what}); trying again for up to a minute…`),
    onRecovery: () => reporter.remark('The platform answers again.'),
  }
}

async function startCrawl(api: Api, run: CrawlRun): Promise<CrawlAnswer> {
  const { order, terminal, source, json } = run
  const started = await api.startCrawl(crawlRequest(order))
  if (json) return started
  terminal.err(`Crawling ${started.crawl.url}`)
  // Where others may look at it meanwhile, and go on looking afterwards.
  if (!run.isPrivate()) terminal.err(`${source.current().url}/v1/crawls/${started.crawl.id}`)
  return started
}

function report({ json, terminal }: CrawlRun, summary: CrawlSummary): void {
  if (json) return terminal.out(JSON.stringify(summaryJson(summary)))
  for (const line of summaryLines(summary)) terminal.out(line)
}

function exitCode({ crawl }: CrawlAnswer, asked: AbortSignal): ExitCode {
  if (asked.aborted) return 130
  return crawl.status === 'completed' ? 0 : 1
}

function explained(refusal: ApiRefusal, { isPrivate, source }: CrawlRun, url: string): CommandFault {
  if (refusal.code === 'address_not_allowed')
    return new CommandFault(1, `${refusal.message}\n${addressHint(url, isPrivate())}`)
  if (refusal.status === 401)
    return new CommandFault(1, `The key is not accepted by ${source.current().url}: ${refusal.message}`)
  return new CommandFault(refusal.status === 400 ? 2 : 1, refusal.message)
}
