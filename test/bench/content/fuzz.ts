import { mutatedPage } from '../../fixtures/pages/mutated-page.ts'
import { readingFaults } from '../../fixtures/pages/reading-faults.ts'
import type { Report } from '../run.ts'

/** 100,000 mutated pages, each read whole and for its main content: how many throw, take a second, or grow to three times their size. */
export async function fuzzPages(report: Report): Promise<void> {
  const count = Number(process.env['LAPIS_FUZZ'] ?? 100_000)
  const first = Number(process.env['LAPIS_FUZZ_SEED'] ?? 1)
  const startedAt = performance.now()
  let faulty = 0
  let bytes = 0
  for (let seed = first; seed < first + count; seed++) {
    const body = mutatedPage(seed)
    bytes += body.length
    const faults = readingFaults(body)
    if (faults.length > 0) faulty++
    for (const fault of faults) console.error(`LAPIS_FUZZ=1 LAPIS_FUZZ_SEED=${seed}: ${fault}`)
  }
  const seconds = (performance.now() - startedAt) / 1_000
  report({ name: 'fuzz faulty pages', value: faulty, unit: `of ${count} pages` })
  report({ name: 'fuzz page size', value: Math.round(bytes / count), unit: 'bytes' })
  report({ name: 'fuzz rate', value: Math.round(count / seconds), unit: 'pages/s' })
  if (faulty > 0) process.exitCode = 1
}
