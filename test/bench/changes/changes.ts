// `npm run bench -- changes`: how well changes are told from noise, on the half of test/fixtures/changes that no rule was
// adjusted to, beside a hash of the text and a comparison of its lines; and what an unchanged page costs.
import { parseHtml } from '../../../src/domain/page/tree/parse-html.ts'
import { NOT_MODIFIED } from '../../../src/domain/monitor/reading/reading.ts'
import { readTarget } from '../../../src/domain/monitor/reading/read-target.ts'
import { writeText } from '../../../src/domain/page/text.ts'
import { decide } from '../../../src/domain/monitor/verdict/decide.ts'
import { type Pair, pairs } from '../../fixtures/changes/pairs.ts'
import type { Report } from '../run.ts'

/** Whether a pair is told as a change, and what the difference shows. */
type Judge = (pair: Pair) => Promise<{ told: boolean; shown: string }>

interface Score {
  precision: number
  recall: number
  falseAlertRate: number
  falseAlerts: number
  wrong: string[]
}

export async function changes(report: Report): Promise<void> {
  const all = pairs()
  const half = process.env['CHANGES_HALF'] === 'development' ? 'development' : 'evaluation'
  const measured = all.filter((pair) => pair.half === half)
  const ours = await score(measured, judgeOurs)
  const hash = await score(measured, judgeText)
  const lines = await score(measured, judgeLines)
  report({ name: 'changes.pairs', value: all.length, unit: 'pairs' })
  report({ name: `changes.${half}.pairs`, value: measured.length, unit: 'pairs' })
  for (const [peer, theirs] of [
    ['text hash', hash],
    ['line diff', lines],
  ] as const) {
    const against = (name: string, value: number, their: number, ratio: number) =>
      report({ name: `changes.${name}`, value, unit: 'share', peer: `${peer}: ${their}`, ratio: rounded(ratio) })
    against('precision', ours.precision, theirs.precision, ours.precision / theirs.precision)
    against('recall', ours.recall, theirs.recall, ours.recall / theirs.recall)
    const fewer = theirs.falseAlerts / Math.max(1, ours.falseAlerts)
    against('false_alert_rate', ours.falseAlertRate, theirs.falseAlertRate, fewer)
  }
  if (half === 'development') console.error(ours.wrong.join('\n'))
  report({ name: 'changes.cpu_unchanged_100kb', value: await costOfUnchanged(), unit: 'ms' })
  report({ name: 'changes.cpu_304_100kb', value: await costOfNotModified(), unit: 'ms' })
}

async function score(measured: readonly Pair[], judge: Judge): Promise<Score> {
  let [hits, misses, falseAlerts, silent] = [0, 0, 0, 0]
  const wrong: string[] = []
  for (const pair of measured) {
    const { told, shown } = await judge(pair)
    // A change that is told without what has changed is not found.
    const isRight = told === (pair.expected === 'changed') && (!told || shown.includes(pair.region ?? ''))
    if (!isRight) wrong.push(`${pair.expected} ${pair.id}: ${shown}`)
    if (pair.expected === 'changed') {
      if (isRight) hits++
      else misses++
    } else if (isRight) silent++
    else falseAlerts++
  }
  return {
    precision: rounded(hits / (hits + falseAlerts)),
    recall: rounded(hits / (hits + misses)),
    falseAlertRate: rounded(falseAlerts / (falseAlerts + silent)),
    falseAlerts,
    wrong,
  }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

async function check(html: string, memory: Parameters<typeof decide>[0]['memory'], at: number) {
  const body = new TextEncoder().encode(html)
  const headers = [['content-type', 'text/html; charset=utf-8']] as const
  const reading = await readTarget({ url: 'https://blue-thread.example/', status: 200, headers, body }, {})
  return decide({ rules: {}, memory, reading, at })
}

async function judgeOurs({ before, after }: Pair) {
  const { memory } = await check(before, null, 0)
  const { verdict, change } = await check(after, memory, 1)
  const shown = (change?.blocks ?? []).flatMap((block) =>
    'after' in block ? [block.before, block.after] : [block.text],
  )
  return { told: verdict === 'changed', shown: shown.join('\n') }
}

function textOf(html: string): string {
  return writeText(parseHtml(html).root, () => false)
}

async function judgeText({ before, after }: Pair) {
  const text = textOf(after)
  return Promise.resolve({ told: textOf(before) !== text, shown: text })
}

/** Lines that only one version has, in whatever order. */
async function judgeLines({ before, after }: Pair) {
  const [old, now] = [textOf(before).split('\n'), textOf(after).split('\n')]
  const different = [...now.filter((line) => !old.includes(line)), ...old.filter((line) => !now.includes(line))]
  return Promise.resolve({ told: different.length > 0, shown: different.join('\n') })
}

const CHECKS = 200

/** A page of 100 kB. */
function longPage(): string {
  const paragraphs = pairs().flatMap(({ before }) => before.match(/<p>[\s\S]*?<\/p>/g) ?? [])
  let page = ''
  for (let at = 0; page.length < 100_000; at++)
    page += `<h2>Part ${at}</h2>${paragraphs[at % paragraphs.length] ?? ''}\n`
  return page
}

/** A check of a page that is as it was: read, compared, decided; not fetched. */
async function costOfUnchanged(): Promise<number> {
  const page = longPage()
  let { memory } = await check(page, null, 0)
  return median(async (at) => {
    memory = (await check(page, memory, at)).memory
  })
}

/** The same, where the site says that it is as it was: what is remembered is read from its row, decided about, and written. */
async function costOfNotModified(): Promise<number> {
  let row = JSON.stringify((await check(longPage(), null, 0)).memory)
  return median((at) => {
    const memory = JSON.parse(row) as Parameters<typeof decide>[0]['memory']
    row = JSON.stringify(decide({ rules: {}, memory, reading: NOT_MODIFIED, at }).memory)
  })
}

/** Milliseconds of CPU, the median of many times. */
async function median(work: (at: number) => Promise<void> | void): Promise<number> {
  const times: number[] = []
  for (let at = 0; at < CHECKS; at++) {
    const started = process.cpuUsage()
    await work(at)
    const { user, system } = process.cpuUsage(started)
    times.push((user + system) / 1_000)
  }
  return rounded(times.sort((one, other) => one - other)[CHECKS / 2] ?? 0)
}
