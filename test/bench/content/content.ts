import { readPage } from '../../../src/domain/page/read-page.ts'
import type { PageReading } from '../../../src/domain/page/page.ts'
import type { Report } from '../run.ts'
import { type GoldPage, readCorpus } from './corpus.ts'
import { type Peer, installedPeers } from './peers.ts'
import { type Judged, reportFacts, reportQuality } from './quality.ts'
import { type WorkerReading, startWorkerReading } from './worker-reading.ts'

/** Peers take a second and more for single pages, and workerd's clock needs repetition: they read every tenth page. */
const SAMPLED = 10
const WARM_UP = 20

/**
 * Reads every page of the corpus at `LAPIS_CORPUS`, from bytes to Markdown, text and links; every tenth also in workerd
 * and by the peers installed in `LAPIS_PEERS` (default: here). Figures of the committed model on the set that it was
 * learned from say how fast it is and that it is whole; how good it is on other sites, `cross-validate.ts` says.
 */
export async function content(report: Report): Promise<void> {
  const folder = process.env['LAPIS_CORPUS']
  if (folder === undefined) {
    console.error(
      'bench content: LAPIS_CORPUS has to name the folder of the WCXB development set (ground-truth/, html/).',
    )
    return
  }
  const pages = readCorpus(folder)
  const peers = await installedPeers(process.env['LAPIS_PEERS'] ?? process.cwd())
  const worker = await startWorkerReading()
  const run = new Run(peers, worker)
  try {
    for (const page of pages.slice(0, WARM_UP)) await run.read(page, true)
    run.forget()
    for (const [index, page] of pages.entries()) await run.read(page, index % SAMPLED === 0)
  } finally {
    await worker.close()
  }
  run.report(report)
}

class Run {
  private readonly peers: readonly Peer[]
  private readonly worker: WorkerReading
  private readonly times = new Map<string, number[]>()
  private readonly judged = new Map<string, Judged[]>()

  constructor(peers: readonly Peer[], worker: WorkerReading) {
    this.peers = peers
    this.worker = worker
  }

  async read(gold: GoldPage, isSampled: boolean): Promise<void> {
    const since = performance.now()
    const reading = readWhole(gold.url, gold.bytes)
    this.note('lapis', performance.now() - since, { gold, text: reading.text ?? '', reading })
    if (!isSampled) return
    this.note('lapis.sampled', performance.now() - since)
    this.note('lapis.workerd', await this.worker.milliseconds(gold))
    const html = new TextDecoder().decode(gold.bytes)
    for (const peer of this.peers) await this.readByPeer(peer, gold, html)
  }

  forget(): void {
    this.times.clear()
    this.judged.clear()
  }

  report(report: Report): void {
    for (const [who, pages] of this.judged) reportQuality(report, who, pages)
    reportFacts(report, this.judged.get('lapis') ?? [])
    for (const [who, times] of this.times) {
      const sorted = times.toSorted((a, b) => a - b)
      report({ name: `${who}.median`, value: quantile(sorted, 0.5), unit: 'ms/page' })
      report({ name: `${who}.p95`, value: quantile(sorted, 0.95), unit: 'ms/page' })
    }
    const own = this.median('lapis.sampled')
    for (const { name } of this.peers)
      report({ name: 'lapis.sampled.median', value: own, unit: 'ms/page', peer: name, ratio: this.median(name) / own })
  }

  private async readByPeer(peer: Peer, gold: GoldPage, html: string): Promise<void> {
    const since = performance.now()
    const found = await peer.extract(html, gold.url).catch(() => '')
    const time = performance.now() - since
    const reading = readWhole(gold.url, new TextEncoder().encode(`<meta charset=utf-8>${found}`), false)
    this.note(peer.name, time, { gold, text: reading.text ?? '' })
  }

  private note(who: string, time: number, page?: Judged): void {
    this.times.set(who, [...(this.times.get(who) ?? []), time])
    if (page) this.judged.set(who, [...(this.judged.get(who) ?? []), page])
  }

  private median(who: string): number {
    return quantile(
      (this.times.get(who) ?? []).toSorted((a, b) => a - b),
      0.5,
    )
  }
}

function readWhole(url: string, body: Uint8Array, onlyMainContent = true): PageReading {
  const formats = new Set(['markdown', 'text', 'links'] as const)
  return readPage({
    url: URL.canParse(url) ? url : 'http://unknown.invalid/',
    contentType: 'text/html',
    body,
    formats,
    onlyMainContent,
  })
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
