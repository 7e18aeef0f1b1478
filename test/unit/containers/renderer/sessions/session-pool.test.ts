import { spawn } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Browser } from '../../../../../containers/renderer/sessions/browser-starter.ts'
import { SessionPool } from '../../../../../containers/renderer/sessions/session-pool.ts'

const SECOND = 1_000
/** No process group has this number. */
const NOBODY = -1
const LIMITS = { maxSessions: 10, spares: 0, maxMemoryBytes: 1e12, maxLifetimeMs: 900 * SECOND }

/** As much of a browser as the clock's rules see: it ends when it is killed. Real ones: test/selfhost/renderer.test.ts. */
function browser(pid = NOBODY): Browser {
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  const chromium = { pid, port: 1, path: '/', profile: '', ended, exitCode: () => null, kill: () => end() }
  return { chromium, proxy: { port: 1, close: () => undefined } } as unknown as Browser
}

function pool(more: Partial<typeof LIMITS> = {}): SessionPool {
  return new SessionPool({ ...LIMITS, ...more }, () => Promise.resolve(browser()))
}

function ends({ history }: SessionPool): string[] {
  return history.map(({ closeReasonText }) => closeReasonText)
}

describe('by the clock', () => {
  // The memory of all processes is looked at by an interval, in real time: it is not what these ask.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it.each([
    ['nothing', undefined, 60],
    ['what is allowed', 30 * SECOND, 30],
    ['less than is allowed', 1, 10],
    ['more than is allowed', 86_400 * SECOND, 600],
  ])('a session that nobody joins, and for which %s was asked, ends', async (_, keepAliveMs, seconds) => {
    const sessions = pool()
    await sessions.acquire(keepAliveMs)
    await vi.advanceTimersByTimeAsync((seconds - 1) * SECOND)
    expect(ends(sessions)).toEqual([])
    await vi.advanceTimersByTimeAsync(SECOND)
    expect(ends(sessions)).toEqual(['BrowserIdle'])
  })

  it('no session outlives its lifetime', async () => {
    const sessions = pool({ maxLifetimeMs: 20 * SECOND })
    await sessions.acquire(600 * SECOND)
    await vi.advanceTimersByTimeAsync(20 * SECOND)
    expect(ends(sessions)).toEqual(['LifetimeOver'])
    expect(sessions.sessions.size).toBe(0)
  })

  it('a spare browser is kept ready after the first session, and for two minutes after the last one', async () => {
    const sessions = pool({ spares: 1 })
    expect(sessions.spareCount).toBe(0)
    await sessions.acquire(undefined)
    await vi.advanceTimersByTimeAsync(0)
    expect(sessions.spareCount).toBe(1)
    await vi.advanceTimersByTimeAsync(120 * SECOND)
    expect(sessions.spareCount).toBe(0)
  })

  it('the last hundred ends are remembered', async () => {
    const sessions = pool({ maxSessions: 1_000 })
    for (let started = 0; started < 101; started++) await sessions.acquire(undefined)
    await vi.advanceTimersByTimeAsync(60 * SECOND)
    expect(sessions.history).toHaveLength(100)
    expect(sessions.counts.closed.get('BrowserIdle')).toBe(101)
  })
})

it('a session whose processes take more memory than it may have ends, and the others go on', async () => {
  const process = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  const pids = [process.pid, NOBODY]
  const sessions = new SessionPool({ ...LIMITS, maxMemoryBytes: 1 }, () => Promise.resolve(browser(pids.shift())))
  const [large, small] = [await sessions.acquire(undefined), await sessions.acquire(undefined)]
  expect(await large?.closed).toMatchObject({ closeReasonText: 'MemoryLimit' })
  expect([...sessions.sessions.keys()]).toEqual([small?.id])
  await sessions.stop()
  expect(ends(sessions)).toEqual(['RendererStopped', 'MemoryLimit'])
  process.kill('SIGKILL')
})
