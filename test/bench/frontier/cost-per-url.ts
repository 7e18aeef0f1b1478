import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLoneWorker } from '../../selfhost/lone-worker.ts'
import type { Report } from '../run.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000]
/** URLs that each measurement works on: long enough for a clock, short beside the sizes. */
const SAMPLE = 5_000
/** One request's share of the growth. */
const GROWTH = 50_000

const DURABLE_OBJECT = `[[durable_objects.bindings]]
name = "FRONTIER"
class_name = "FrontierUnderLoad"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["FrontierUnderLoad"]
`

/** What the frontier's Durable Object pays for a URL, by the number of URLs that it knows: admission, lease, settlement. */
export async function frontierCost(report: Report): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'lapis-bench-'))
  const frontier = await startLoneWorker(directory, 'test/bench/frontier/worker.ts', DURABLE_OBJECT)
  const ask = async (work: string, count: number): Promise<{ answer: number; microseconds: number }> => {
    const since = performance.now()
    const response = await fetch(`${frontier.url}/${work}?count=${count}`)
    if (!response.ok) throw new Error(await response.text())
    return { answer: (await response.json()) as number, microseconds: (performance.now() - since) * 1_000 }
  }
  try {
    await measure(report, ask)
  } finally {
    await frontier.close()
    await rm(directory, { recursive: true, force: true })
  }
}

type Ask = (work: string, count: number) => Promise<{ answer: number; microseconds: number }>

async function measure(report: Report, ask: Ask): Promise<void> {
  // The code is compiled and the caches are warm before anything counts.
  await ask('grow', SAMPLE)
  await ask('visit', SAMPLE / 5)
  const smallest: Record<string, number> = {}
  for (const size of SIZES) {
    const from = Math.max(size, SAMPLE)
    let bytes = 0
    for (let known = GROWTH; known < from + GROWTH; known += GROWTH)
      bytes = (await ask('grow', Math.min(known, from))).answer
    const admission = (await ask('grow', from + SAMPLE)).microseconds / SAMPLE
    const visits = await ask('visit', SAMPLE / 5)
    const costs = { admission, visit: visits.microseconds / visits.answer }
    for (const [work, value] of Object.entries(costs)) {
      const first = (smallest[work] ??= value)
      const name = `frontier.${work}.${size}`
      report({ name, value, unit: 'us/url', peer: 'the smallest frontier', ratio: value / first })
    }
    report({ name: `frontier.size.${size}`, value: bytes / from, unit: 'bytes/url' })
  }
}
