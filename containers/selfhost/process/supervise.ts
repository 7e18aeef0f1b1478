import type { ChildProcess } from 'node:child_process'
import { say } from '../log.ts'
import { restartDelayMs } from './restart-delay.ts'

export interface Ward {
  /** As it appears in messages. */
  name: string
  /** Starts the process; resolves when it can be used, rejects when it ended before that. */
  start(): Promise<ChildProcess>
}

export interface Supervised {
  /** Asks the process to end and waits; past the grace it is killed. It is not started again. */
  stop(graceMs: number): Promise<void>
}

/** Starts a process and starts it again whenever it ends. The first start's failure is the caller's. */
export async function supervise(ward: Ward): Promise<Supervised> {
  let child: ChildProcess | undefined = await ward.start()
  let stopped = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  const startAgain = async (): Promise<void> => {
    try {
      const next = await ward.start()
      if (stopped) next.kill('SIGTERM')
      watch(next)
    } catch (error) {
      later(error instanceof Error ? error.message : String(error), 0)
    }
  }
  const later = (reason: string, healthyMs: number): void => {
    if (stopped) return
    const delay = restartDelayMs(failures, healthyMs)
    failures = delay.failures
    say(`${ward.name} ${reason}; starting it again in ${delay.waitMs} ms`)
    timer = setTimeout(() => void startAgain(), delay.waitMs)
  }
  const watch = (started: ChildProcess): void => {
    child = started
    const since = Date.now()
    onEnd(started, (code, signal) => {
      child = undefined
      later(`ended (${signal ?? `exit code ${code}`})`, Date.now() - since)
    })
  }
  watch(child)
  return {
    stop: async (graceMs) => {
      stopped = true
      clearTimeout(timer)
      if (child) await end(child, graceMs)
    },
  }
}

/** Also when it ended before anybody listened. */
function onEnd(child: ChildProcess, then: (code: number | null, signal: string | null) => void): void {
  if (child.exitCode !== null || child.signalCode !== null) then(child.exitCode, child.signalCode)
  else child.once('exit', then)
}

async function end(child: ChildProcess, graceMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
    onEnd(child, () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
