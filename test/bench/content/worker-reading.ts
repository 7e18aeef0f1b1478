import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLoneWorker } from '../../selfhost/lone-worker.ts'
import type { GoldPage } from './corpus.ts'

export interface WorkerReading {
  /** What one reading of the page costs in workerd. */
  milliseconds(page: GoldPage): Promise<number>
  close(): Promise<void>
}

/** Clocks stand still inside of a Worker: the same page is read more and less often, and the difference counts. */
const OFTEN = 6
const ONCE = 1

/** Reads pages under workerd. */
export async function startWorkerReading(): Promise<WorkerReading> {
  const directory = await mkdtemp(join(tmpdir(), 'lapis-bench-'))
  const worker = await startLoneWorker(directory, 'test/bench/content/worker.ts', '')
  const read = async ({ url, bytes }: GoldPage, times: number): Promise<number> => {
    const since = performance.now()
    const response = await fetch(`${worker.url}/?times=${times}`, {
      method: 'POST',
      headers: { 'x-page-url': URL.canParse(url) ? url : 'http://unknown.invalid/' },
      body: Uint8Array.from(bytes),
    })
    if (!response.ok) throw new Error(await response.text())
    await response.text()
    return performance.now() - since
  }
  return {
    milliseconds: async (page) => {
      const once = await read(page, ONCE)
      return ((await read(page, OFTEN)) - once) / (OFTEN - ONCE)
    },
    close: async () => {
      await worker.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
