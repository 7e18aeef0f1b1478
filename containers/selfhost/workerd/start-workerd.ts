import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../log.ts'
import type { ChildrenRecord } from '../process/children-record.ts'
import { guard } from '../process/guard.ts'
import { workerdBinary } from '../workerd-binary.ts'
import { readableLog } from './readable-log.ts'

const READY_WITHIN_MS = 60_000
const READY_POLL_MS = 50
const HEALTH_TIMEOUT_MS = 2_000

export interface WorkerdOrder {
  configFile: string
  /** Values of the config's `fromEnvironment` bindings; workerd gets no other variable. */
  environment: Record<string, string>
  /** Where the Worker listens: asked for /health until it answers. */
  address: string
  children: ChildrenRecord
}

/** Resolves when the Worker answers; rejects when workerd ends before that, or is silent for too long. */
export async function startWorkerd(order: WorkerdOrder): Promise<ChildProcess> {
  const { configFile, environment, children, address } = order
  const child = spawn(workerdBinary(), ['serve', '--experimental', configFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Out of the terminal's process group: Ctrl-C is for the launcher, which lets workerd drain.
    detached: true,
    env: environment,
  })
  const spawned = watch(child, children)
  try {
    await Promise.race([spawned.failure, untilHealthy(`${address}/health`, child)])
    return child
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function watch(child: ChildProcess, children: ChildrenRecord): { failure: Promise<never> } {
  const { pid } = child
  const watchman = pid === undefined ? undefined : guard(pid)
  if (pid !== undefined) children.add(pid)
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => tell(readableLog(line)))
  }
  const failure = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      watchman?.dismiss()
      if (pid !== undefined) children.remove(pid)
      reject(new Error(`ended while starting (${signal ?? `exit code ${code}`})`))
    })
  })
  failure.catch(() => undefined)
  return { failure }
}

function tell(line: string | undefined): void {
  if (line !== undefined) say(line)
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (Date.now() < deadline && child.exitCode === null) {
    if (await isHealthy(url)) return
    await sleep(READY_POLL_MS)
  }
  throw new Error(`did not answer ${url} within ${READY_WITHIN_MS / 1_000} s`)
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) })
    return answer.status === 200
  } catch {
    return false
  }
}
