import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Miniflare } from 'miniflare'
import { bundle } from '../../containers/selfhost/bundle.ts'
import { workerdConfig } from '../../containers/selfhost/config/workerd-config.ts'
import { parseWranglerConfig } from '../../containers/selfhost/config/wrangler-config.ts'
import { workerdBinary } from '../../containers/selfhost/workerd-binary.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const WORKER = 'test/fixtures/selfhost/r2-worker.mjs'
const WRANGLER = `name = "r2"\nmain = "${WORKER}"\ncompatibility_date = "2026-11-01"\n[[r2_buckets]]\nbinding = "BUCKET"\nbucket_name = "bucket"\n`

/** One implementation of the R2 binding, asked by way of the same Worker. */
export interface R2UnderTest {
  url: string
  close(): Promise<void>
}

/** Ours: the R2 Worker over a directory, with the generated config, under the workerd that is shipped. */
export async function overDisk(root: string): Promise<R2UnderTest> {
  const paths = { build: join(root, 'build'), blobs: join(root, 'blobs'), durableObjects: join(root, 'do') }
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true })
  await bundle({
    root: ROOT,
    entries: { worker: WORKER, r2: 'containers/selfhost/r2/index.ts' },
    outputDirectory: paths.build,
  })
  const config = workerdConfig(parseWranglerConfig(WRANGLER), {
    listen: '127.0.0.1:0',
    durableObjectsDirectory: paths.durableObjects,
    blobsDirectory: paths.blobs,
    workerModule: 'worker.js',
    r2Module: 'r2.js',
    network: { allow: [], deny: [] },
    database: { external: 'unix:/nowhere', user: '', password: '', database: '', connectionString: '' },
    probe: { address: 'unix:/nowhere', secretHeader: { name: 'x', value: '' } },
    environmentVariables: [],
  })
  const file = join(paths.build, 'workerd.capnp')
  writeFileSync(file, config)
  const workerd = spawn(workerdBinary(), ['serve', '--experimental', '--control-fd=3', file], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  const port = await listeningPort(workerd)
  return { url: `http://127.0.0.1:${port}`, close: () => ended(workerd) }
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

function listeningPort(workerd: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    workerd.once('exit', (code) => reject(new Error(`workerd ended with ${code}`)))
    workerd.stdio[3]?.once('data', (line: Buffer) => resolve((JSON.parse(line.toString()) as { port: number }).port))
  })
}

function ended(workerd: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    workerd.removeAllListeners('exit').once('exit', () => resolve())
    workerd.kill('SIGTERM')
  })
}
