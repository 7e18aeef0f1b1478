import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Miniflare } from 'miniflare'
import { type LoneWorker, startLoneWorker } from './lone-worker.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const WORKER = 'test/fixtures/selfhost/r2-worker.mjs'

/** One implementation of the R2 binding, asked by way of the same Worker. */
export type R2UnderTest = LoneWorker

/** Ours: the R2 Worker over a directory. */
export function overDisk(root: string): Promise<R2UnderTest> {
  return startLoneWorker(root, WORKER, '[[r2_buckets]]\nbinding = "BUCKET"\nbucket_name = "bucket"\n')
}

/** Cloudflare's own simulator, the nearest thing to R2 on this machine. */
export async function overMiniflare(): Promise<R2UnderTest> {
  const miniflare = new Miniflare({
    workers: [
      {
        config: {
          name: 'r2',
          compatibilityDate: '2026-11-01',
          env: { BUCKET: { type: 'r2', name: 'bucket' } },
          manifest: {
            mainModule: 'worker.mjs',
            modulesRoot: '/',
            modules: { 'worker.mjs': { type: 'esm', contents: readFileSync(join(ROOT, WORKER), 'utf8') } },
          },
        },
      },
    ],
  })
  const url = (await miniflare.ready).origin
  return { url, close: () => miniflare.dispose() }
}

export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'lapis-r2-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
