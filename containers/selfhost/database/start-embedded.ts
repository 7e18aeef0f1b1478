import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DataPaths } from '../data-directory.ts'
import { say } from '../log.ts'
import type { ChildrenRecord } from '../process/children-record.ts'

const SCRIPT = fileURLToPath(new URL('embedded-postgres.ts', import.meta.url))
const EXIT_CREATED = 64
/** PGlite's modules compile in the background; one task at a time keeps 60 MB from becoming resident. */
const NODE_FLAGS = ['--wasm-num-compilation-tasks=1', '--disable-warning=ExperimentalWarning']

/** The name that PostgreSQL's own clients look for in a socket directory. */
function embeddedSocket(paths: DataPaths): string {
  return join(paths.sockets, '.s.PGSQL.5432')
}

/** Resolves when the embedded database takes connections. */
export async function startEmbedded(paths: DataPaths, children: ChildrenRecord): Promise<ChildProcess> {
  const first = await run(paths, children)
  if (first.isReady) return first.child
  if (first.child.exitCode !== EXIT_CREATED) throw new Error(`ended while starting (exit code ${first.child.exitCode})`)
  const second = await run(paths, children)
  if (!second.isReady) throw new Error(`ended while starting (exit code ${second.child.exitCode})`)
  return second.child
}

function run(paths: DataPaths, children: ChildrenRecord): Promise<{ child: ChildProcess; isReady: boolean }> {
  const child = spawn(process.execPath, [...NODE_FLAGS, SCRIPT, paths.postgres, embeddedSocket(paths)], {
    // Its stdin is our life sign; out of the terminal's process group, because Ctrl-C is for the launcher.
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: {},
  })
  const pid = child.pid
  if (pid) children.add(pid)
  child.stdin.on('error', () => undefined)
  child.stderr.setEncoding('utf8').on('data', (text: string) => say(text.trimEnd()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.stdout.once('data', () => resolve({ child, isReady: true }))
    child.on('exit', () => {
      if (pid) children.remove(pid)
      resolve({ child, isReady: false })
    })
  })
}
