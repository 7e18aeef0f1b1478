import { readPage } from '../../../src/domain/page/read-page.ts'
import type { PageReading } from '../../../src/domain/page/page.ts'
import type { Report } from '../run.ts'
import { type GoldPage, readCorpus } from './corpus.ts'
import { largePages } from './large-pages.ts'
import { type Peer, installedPeers } from './peers.ts'
import { type Judged, reportFacts, reportQuality } from './quality.ts'
import { type WorkerReading, startWorkerReading } from './worker-reading.ts'

/** Peers take a second and more for single pages, and workerd's clock needs repetition: they read every tenth page. */
const SAMPLED = 10
const WARM_UP = 20

/**
 * Reads pages of 10 MB, and every page of the corpus at `LAPIS_CORPUS`, from bytes to Markdown, text and links; every tenth
 * of the corpus also in workerd and by the peers installed in `LAPIS_PEERS` (default: here). Figures of the committed model
 * on the set that it was learned from say how fast it is and that it is whole; how good it is on other sites,
 * `cross-validate.ts` says.
 */
export async function content(report: Report): Promise<void> {
  await largePages(report)
  const folder = process.env['LAPIS_CORPUS']
  if (folder === undefined) {
    console.error(
      'bench content: for the rest, LAPIS_CORPUS has to name the folder of the WCXB development set (ground-truth/, html/).',
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

/** The best of so many readings counts: on a shared machine the others measure its other users. */
const ROUNDS = 3

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
    const own = await timed(() => readWhole(gold.url, gold.bytes))
    const { text = '', title, author, publishedAt } = own.result
    listed(this.judged, 'lapis').push({ gold, text, facts: { title, author, date: publishedAt } })
    listed(this.times, 'lapis').push(own.time)
    if (!isSampled) return
    listed(this.times, SAMPLE).push(own.time)
    listed(this.times, 'lapis.workerd').push(await this.worker.milliseconds(gold))
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
      report({ name: `${who}.median`, value: quantile(times, 0.5), unit: 'ms/page' })
      report({ name: `${who}.p95`, value: quantile(times, 0.95), unit: 'ms/page' })
    }
    const own = quantile(listed(this.times, SAMPLE), 0.5)
    for (const { name } of this.peers) {
      const ratio = quantile(listed(this.times, name), 0.5) / own
      report({ name: `${SAMPLE}.median`, value: own, unit: 'ms/page', peer: name, ratio })
    }
  }

  private async readByPeer(peer: Peer, gold: GoldPage, html: string): Promise<void> {
    const { time, result } = await timed(() => peer.extract(html, gold.url).catch(() => ''))
    const reading = readWhole(gold.url, new TextEncoder().encode(`<meta charset=utf-8>${result}`), false)
    listed(this.times, peer.name).push(time)
    listed(this.judged, peer.name).push({ gold, text: reading.text ?? '' })
  }
}

const SAMPLE = 'lapis.sampled'

async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ time: number; result: Result }> {
  let time = Infinity
  for (let round = 1; ; round++) {
    const since = performance.now()
    const result = await work()
    time = Math.min(time, performance.now() - since)
    if (round === ROUNDS) return { time, result }
  }
}

function listed<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const known = lists.get(name)
  if (known) return known
  const list: Item[] = []
  lists.set(name, list)
  return list
}

function readWhole(url: string, body: Uint8Array, onlyMainContent = true): PageReading {
  const formats = new Set(['markdown', 'text', 'links'] as const)
  const base = URL.canParse(url) ? url : 'http://unknown.invalid/'
  return readPage({ url: base, contentType: 'text/html', body, formats, onlyMainContent })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
