import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../../containers/selfhost/bundle.ts'
import { workerdConfig } from '../../containers/selfhost/config/workerd-config.ts'
import { parseWranglerConfig } from '../../containers/selfhost/config/wrangler-config.ts'
import { workerdBinary } from '../../containers/selfhost/workerd-binary.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface LoneWorker {
  url: string
  close(): Promise<void>
}

/** Runs one Worker of the tests' own with the generated config, under the workerd that is shipped. Its data is kept below `directory`. */
export async function startLoneWorker(directory: string, main: string, wranglerRest: string): Promise<LoneWorker> {
  const wrangler = `name = "lone"\nmain = "${main}"\ncompatibility_date = "2026-11-01"\n${wranglerRest}`
  const paths = {
    build: join(directory, 'build'),
    blobs: join(directory, 'blobs'),
    durableObjects: join(directory, 'do'),
  }
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true })
  await bundle({
    root: ROOT,
    entries: { worker: main, r2: 'containers/selfhost/r2/index.ts' },
    outputDirectory: paths.build,
  })
  const config = workerdConfig(parseWranglerConfig(wrangler), {
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
