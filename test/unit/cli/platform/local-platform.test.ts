import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isHealthy } from '../../../../src/cli/platform/health.ts'
import { type LocalPlatform, localPlatform } from '../../../../src/cli/platform/local-platform.ts'

const LAUNCHER = fileURLToPath(new URL('fake-launcher.ts', import.meta.url))
/** No process has it: Linux counts to 2^22. */
const DEAD_PID = 999_999_999

let dataDirectory = ''
let started: LocalPlatform[] = []
let running: Server | undefined

beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'lapis-data-'))
})

afterEach(async () => {
  for (const platform of started) await platform.stop()
  started = []
  running?.close()
  running = undefined
  rmSync(dataDirectory, { recursive: true, force: true })
})

async function locate(
  mode = '',
  signal = new AbortController().signal,
): Promise<{ platform: LocalPlatform; starts: number }> {
  const onStarting = vi.fn<() => void>()
  const environment = { ...process.env, FAKE_LAUNCHER: mode }
  const platform = await localPlatform({ dataDirectory, environment, signal, onStarting, launcher: LAUNCHER })
  started.push(platform)
  return { platform, starts: onStarting.mock.calls.length }
}

/** Somebody's platform that has this data directory. */
async function runPlatform(): Promise<string> {
  running = createServer((_, response) => void response.end('{"status":"ok"}')).listen(0, '127.0.0.1')
  await once(running, 'listening')
  const url = `http://127.0.0.1:${(running.address() as AddressInfo).port}`
  writeFileSync(join(dataDirectory, 'owner-key'), 'lps_theirs\n')
  announce({ pid: process.pid, url })
  return url
}

function announce(instance: { pid: number; url: string }): void {
  writeFileSync(
    join(dataDirectory, 'instance.json'),
    JSON.stringify({ ...instance, startedAt: '2026-11-24T12:00:00.000Z' }),
  )
}

describe('the platform on this machine', () => {
  it('is the one that runs', async () => {
    const url = await runPlatform()
    const { platform, starts } = await locate()
    expect(platform.current()).toEqual({ url, key: 'lps_theirs' })
    expect([platform.own(), starts]).toEqual([undefined, 0])
  })

  it('is started, and stopped at the end, when none runs', async () => {
    const { platform, starts } = await locate()
    const { url, key } = platform.current()
    expect([starts, key, await isHealthy(url)]).toEqual([1, 'lps_own', true])
    await platform.stop()
    expect(await isHealthy(url)).toBe(false)
  })

  it('is started when the one that ran was killed and could not clear up', async () => {
    announce({ pid: DEAD_PID, url: 'http://127.0.0.1:9' })
    expect((await locate()).starts).toBe(1)
  })

  it('is the one that another command has started first', async () => {
    const attempt = locate('is-late')
    const url = await runPlatform()
    expect((await attempt).platform.current()).toEqual({ url, key: 'lps_theirs' })
  })

  it('that does not start says why', async () => {
    await expect(locate('fails')).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('LAPIS_RENDER is "maybe"') as string,
    })
  })

  it('that hangs while starting is given up on an interrupt', async () => {
    const asked = new AbortController()
    const attempt = locate('hangs', asked.signal)
    asked.abort()
    await expect(attempt).rejects.toMatchObject({ exitCode: 130 })
  })
})

describe('a platform that has gone away during a crawl', () => {
  it('is found where it has moved to', async () => {
    await runPlatform()
    const { platform } = await locate()
    running?.close()
    const moved = await runPlatform()
    await platform.lookAgain(500)
    expect(platform.current().url).toBe(moved)
  })

  it('is left to its owner to start again, for a while', async () => {
    await runPlatform()
    const { platform } = await locate()
    announce({ pid: DEAD_PID, url: 'http://127.0.0.1:9' })
    await platform.lookAgain(5_000)
    expect(platform.own()).toBeUndefined()
  })

  it('is replaced by one of our own in the end, which goes on with its crawls', async () => {
    await runPlatform()
    const { platform } = await locate()
    announce({ pid: DEAD_PID, url: 'http://127.0.0.1:9' })
    await platform.lookAgain(20_000)
    expect(platform.own()?.isRunning()).toBe(true)
    expect(await isHealthy(platform.current().url)).toBe(true)
  })

  it('is started again at once when it was ours', async () => {
    const { platform } = await locate()
    const { pid } = JSON.parse(readFileSync(join(dataDirectory, 'instance.json'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    await vi.waitUntil(() => platform.own()?.isRunning() === false)
    await platform.lookAgain(300)
    expect(await isHealthy(platform.current().url)).toBe(true)
  })
})
