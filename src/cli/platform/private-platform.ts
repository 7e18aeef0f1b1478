import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PROJECT_ROOT } from '../project.ts'
import { pause } from '../pause.ts'

/** The launcher stops within 10 s of SIGTERM; past this it hangs. */
const STOP_WITHIN_MS = 12_000
/** First start: a database is made and a bundle built. */
const START_WITHIN_MS = 90_000
/** Lines of the launcher's stderr that are kept, to show them when it fails. */
const TAIL_LINES = 40
/** After the launcher's end its last words are still on their way, unless a child of its holds the pipe open. */
const LAST_WORDS_MS = 500

const READY = /^Lapis Spider is ready on (https?:\/\/\S+?)\/?$/

export interface PrivatePlatform {
  url: string
  isRunning(): boolean
  /** SIGTERM, and SIGKILL when that is not enough. */
  stop(): Promise<void>
  /** SIGTERM without waiting, for a process that is about to exit. */
  abandon(): void
}

export type PrivateStart =
  | { kind: 'ready'; platform: PrivatePlatform }
  /** Another process has taken the data directory first. */
  | { kind: 'in-use' }
  | { kind: 'failed'; detail: string }

export interface PrivateSettings {
  dataDirectory: string
  environment: Readonly<Record<string, string | undefined>>
  /** Ends the start. */
  signal: AbortSignal
  /** The script that launches a platform. */
  launcher?: string
}

/** Starts a platform of our own on a free port. */
export async function startPrivatePlatform(settings: PrivateSettings): Promise<PrivateStart> {
  const child = spawnLauncher(settings)
  const tail: string[] = []
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => keepTail(tail, line))
  const url = await readyUrl(child, settings.signal)
  if (url !== undefined) return { kind: 'ready', platform: asPlatform(child, url) }
  await stop(child)
  const detail = tail.join('\n')
  return /\bin use\b/.test(detail) && /LAPIS_DATA_DIR/.test(detail) ? { kind: 'in-use' } : { kind: 'failed', detail }
}

function spawnLauncher({ dataDirectory, environment, launcher }: PrivateSettings): ChildProcess {
  const script = launcher ?? join(PROJECT_ROOT, 'containers', 'selfhost', 'launch.ts')
  // A session of its own: Ctrl-C in the terminal is for the command, which still needs the platform to write what there is.
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, '--stop-with-parent'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      LAPIS_HOST: '127.0.0.1',
      LAPIS_PORT: '0',
      LAPIS_DATA_DIR: dataDirectory,
    },
  })
}

function keepTail(tail: string[], line: string): void {
  tail.push(line)
  if (tail.length > TAIL_LINES) tail.shift()
}

/** undefined: it ended, took too long, or is no longer wanted. */
function readyUrl(child: ChildProcess, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(undefined)
    const timer = setTimeout(giveUp, START_WITHIN_MS)
    signal.addEventListener('abort', giveUp, { once: true })
    child.once('error', giveUp)
    // `close` comes after the last line of stderr, which says why.
    child.once('close', giveUp)
    child.once('exit', () => void setTimeout(giveUp, LAST_WORDS_MS))
    if (!child.stdout) return giveUp()
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = READY.exec(line)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
      resolve(url)
    })
    if (signal.aborted) giveUp()
  })
}

function asPlatform(child: ChildProcess, url: string): PrivatePlatform {
  return {
    url,
    isRunning: () => hasNotEnded(child),
    stop: () => stop(child),
    abandon: () => void child.kill('SIGTERM'),
  }
}

function hasNotEnded(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

async function stop(child: ChildProcess): Promise<void> {
  if (!hasNotEnded(child)) return
  const ended = new AbortController()
  child.once('exit', () => ended.abort())
  child.kill('SIGTERM')
  await pause(STOP_WITHIN_MS, ended.signal)
  if (hasNotEnded(child)) child.kill('SIGKILL')
}
