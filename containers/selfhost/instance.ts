import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartFault } from './start-fault.ts'

/** `instance.json`: where the running platform is. Ask its /health before relying on it: it is written while starting. */
export interface Instance {
  pid: number
  url: string
  startedAt: string
}

export interface InstanceLock {
  announce(url: string, now: Date): void
  release(): void
}

/**
 * One platform per data directory. The lock is SQLite's file lock, held by the kernel for this process: however the
 * process ends, nothing stale stays behind, and no pid has to be trusted.
 */
export function lockInstance(dataDirectory: string): InstanceLock {
  const file = join(dataDirectory, 'instance.json')
  const lock = takeLock(join(dataDirectory, 'instance.lock'))
  if (!lock) throw new StartFault(alreadyRunning(dataDirectory, file))
  return {
    announce: (url, now) => writeInstance(file, { pid: process.pid, url, startedAt: now.toISOString() }),
    release: () => {
      rmSync(file, { force: true })
      lock.close()
    },
  }
}

function takeLock(path: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Error && /locked|busy/.test(error.message)) return undefined
    throw error
  }
}

function alreadyRunning(dataDirectory: string, file: string): string {
  const first = readInstance(file)
  const where = first ? `by process ${first.pid}, on ${first.url}` : 'by another process that is just starting'
  return `The data in ${dataDirectory} is in use ${where}; stop it first, or set LAPIS_DATA_DIR to another directory`
}

function readInstance(file: string): Instance | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Instance
  } catch {
    return undefined
  }
}

function writeInstance(file: string, instance: Instance): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(instance)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
