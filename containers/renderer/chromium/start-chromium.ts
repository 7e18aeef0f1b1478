import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { resolve as absolute } from 'node:path'
import { type BrowserWish, chromiumFlags } from './flags.ts'
import { groupGuard } from './group-guard.ts'
import { killGroup } from './kill-group.ts'

export interface RunningChromium {
  /** Leader of a process group of its own, in which all of its processes are. */
  pid: number
  /** Port and path of the browser's DevTools endpoint on 127.0.0.1. */
  port: number
  path: string
  profile: string
  /** Resolves when the browser and all its processes are gone, and its profile with them. */
  ended: Promise<void>
  /** 0 after a clean end, such as `Browser.close`. */
  exitCode(): number | null
  kill(): void
}

export interface ChromiumOrder {
  executable: string
  /** Profiles are made in here. */
  directory: string
  proxy: string
  heapMegabytes: number
  sandbox: boolean
}

const LISTENING = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)(\/\S+)/
const START_WITHIN_MS = 30_000
const KEPT_WORDS = 2_000

/** Becomes the browser when it is told to. Should we die before, it ends, and there never was one. */
const HELD = 'read -r go && cd -- "$0" && exec "$@" </dev/null'

/** A browser with a fresh profile. Rejects with what Chromium said when it does not come up. */
export async function startChromium(order: ChromiumOrder): Promise<RunningChromium> {
  const profile = absolute(order.directory, `profile-${randomUUID()}`)
  const wish: BrowserWish = { profile, ...order }
  const child = spawn('/bin/sh', ['-c', HELD, profile, absolute(order.executable), ...chromiumFlags(wish)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
    // Nothing of our environment is a page's business; the profile is its home.
    env: { PATH: process.env['PATH'] ?? '', HOME: profile, TMPDIR: profile, LANG: 'C.UTF-8' },
  })
  // At no moment is there a browser or a profile without somebody who would end it and remove it after our death.
  const ended = goneWithProfile(child, profile)
  child.stdin.on('error', () => undefined)
  try {
    mkdirSync(profile, { mode: 0o700 })
    child.stdin.end('go\n')
    const { port, path } = await listening(child)
    const pid = child.pid ?? 0
    return { pid, port, path, profile, ended, exitCode: () => child.exitCode, kill: () => killGroup(pid) }
  } catch (error) {
    if (child.pid !== undefined) killGroup(child.pid)
    await ended
    throw error
  }
}

function listening(child: ChildProcess): Promise<{ port: number; path: string }> {
  let said = ''
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`Chromium ${what}: ${said.trim().slice(-KEPT_WORDS)}`))
    const timer = setTimeout(() => fail(`did not start within ${START_WITHIN_MS / 1_000} s`), START_WITHIN_MS)
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2 * KEPT_WORDS)
      const [, port, path] = LISTENING.exec(said) ?? []
      if (port === undefined || path === undefined) return
      clearTimeout(timer)
      resolve({ port: Number(port), path })
    })
    child.once('error', (error) => fail(`can't be started (${error.message})`))
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      fail(`ended with ${signal ?? code}`)
    })
  })
}

function goneWithProfile(child: ChildProcess, profile: string): Promise<void> {
  const dismissGuard = child.pid === undefined ? undefined : groupGuard(child.pid, profile)
  return new Promise((resolve) => {
    const clean = (): void => {
      dismissGuard?.()
      // A browser that died by itself may have left its children behind.
      if (child.pid !== undefined) killGroup(child.pid)
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
      resolve()
    }
    child.once('exit', clean)
    child.once('error', () => {
      if (child.pid === undefined) clean()
    })
  })
}
