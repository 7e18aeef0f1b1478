import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { LARGE_PAGES } from '../../fixtures/pages/large-pages.ts'
import type { Report } from '../run.ts'

const READER = fileURLToPath(new URL('../../fixtures/pages/read-large-page.ts', import.meta.url))

/** What a Worker has for everything. */
const HEAP_MB = 128

/** Reads pages of 10 MB, each shape in a process of its own: processor time, and what the heap held at most after a full collection. */
export async function largePages(report: Report): Promise<void> {
  for (const shape of Object.keys(LARGE_PAGES)) {
    const args = ['--trace-gc', `--max-old-space-size=${HEAP_MB}`, READER, shape]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const reading = stdout.split('\n').find((line) => line.startsWith('{')) ?? ''
    const { cpuMs } = JSON.parse(reading) as { cpuMs: number }
    report({ name: `10 MB: ${shape}`, value: cpuMs, unit: 'ms of processor time' })
    report({ name: `10 MB: ${shape}, heap`, value: mostHeld(stdout), unit: 'MB' })
  }
}

/** Of the lines `Mark-Compact 57.2 (111.0) -> 43.4 (108.9) MB`. */
function mostHeld(trace: string): number {
  const held = [...trace.matchAll(/Mark-Compact.*? -> ([\d.]+) \(/g)].map(([, megabytes]) => Number(megabytes))
  return Math.max(0, ...held)
}
