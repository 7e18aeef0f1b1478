// The renderer by itself, with real browsers, as the protocol of docs/rendering.md has it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { RendererUnderTest } from './renderer-under-test.ts'

interface Sessions {
  sessions: { sessionId: string; startTime: number; connectionId?: string; connectionStartTime?: number }[]
}

interface History {
  history: { sessionId: string; startTime: number; endTime: number; closeReason: number; closeReasonText: string }[]
}

const renderer = new RendererUnderTest()
const SOON = { timeout: 10_000 }
const SETTINGS = { LAPIS_RENDER_SESSIONS: '2', LAPIS_RENDER_SPARES: '1' }

beforeAll(() => renderer.start(SETTINGS))
afterAll(() => renderer.dispose())
afterEach(async () => {
  for (const { sessionId } of await openSessions()) await renderer.call('DELETE', `/v1/devtools/browser/${sessionId}`)
})

async function acquire(): Promise<string> {
  const { body } = await renderer.call<{ sessionId: string }>('POST', '/v1/devtools/browser?keep_alive=60000')
  return body.sessionId
}

async function openSessions(): Promise<Sessions['sessions']> {
  return (await renderer.call<Sessions>('GET', '/v1/sessions')).body.sessions
}

async function lastEnded(): Promise<History['history'][number] | undefined> {
  return (await renderer.call<History>('GET', '/v1/history')).body.history[0]
}

async function metric(name: string): Promise<number> {
  const { body } = await renderer.call<string>('GET', '/metrics')
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(body)?.[1])
}

describe('who may call', () => {
  it('anybody asks whether it is alive', async () => {
    expect(await renderer.call('GET', '/health', 'none')).toEqual({
      status: 200,
      body: { status: 'ok', browser: true },
    })
  })

  it.each([
    ['POST', '/v1/devtools/browser'],
    ['GET', '/v1/sessions'],
    ['GET', '/v1/history'],
    ['GET', '/v1/limits'],
    ['GET', '/metrics'],
  ])('nobody but who has the token calls %s %s', async (method, path) => {
    expect((await renderer.call(method, path, 'known-to-botH')).status).toBe(401)
  })

  it('nobody but who has the token joins a browser', async () => {
    expect((await renderer.join(await acquire(), 'another')).status).toBe(401)
  })
})

describe('sessions', () => {
  it('are lent up to the limit, and again when one is closed', async () => {
    const [first, second] = [await acquire(), await acquire()]
    expect((await openSessions()).map(({ sessionId }) => sessionId)).toEqual([first, second])
    expect((await renderer.call('GET', '/v1/limits')).body).toEqual({
      activeSessions: [{ id: first }, { id: second }],
      maxConcurrentSessions: 2,
      allowedBrowserAcquisitions: 0,
      timeUntilNextAllowedBrowserAcquisition: 0,
    })
    expect((await renderer.call('POST', '/v1/devtools/browser')).status).toBe(429)
    await renderer.call('DELETE', `/v1/devtools/browser/${first}`)
    expect((await renderer.call('GET', '/v1/limits')).body).toMatchObject({ allowedBrowserAcquisitions: 1 })
    expect((await renderer.call('POST', '/v1/devtools/browser')).status).toBe(200)
  })

  it('take one client at a time, and another one when that has gone', async () => {
    const id = await acquire()
    const { status, socket } = await renderer.join(id)
    expect(status).toBe(101)
    expect((await renderer.join(id)).status).toBe(409)
    expect(await openSessions()).toMatchObject([
      { sessionId: id, connectionId: expect.any(String) as string, connectionStartTime: expect.any(Number) as number },
    ])
    socket?.destroy()
    await expect.poll(openSessions, SOON).toEqual([{ sessionId: id, startTime: expect.any(Number) as number }])
    expect((await renderer.join(id)).status).toBe(101)
  })

  it('that nobody has lent are unknown', async () => {
    const path = '/v1/devtools/browser/00000000-0000-4000-8000-000000000000'
    expect((await renderer.call('DELETE', path)).status).toBe(404)
    expect((await renderer.join('00000000-0000-4000-8000-000000000000')).status).toBe(404)
  })

  it('stay in the history with how they ended, and leave no profile', async () => {
    const id = await acquire()
    const before = renderer.profiles().length
    expect((await renderer.call('DELETE', `/v1/devtools/browser/${id}`)).body).toMatchObject({
      status: 'closed',
      closeReasonText: 'NormalClosure',
    })
    expect(await lastEnded()).toMatchObject({ sessionId: id, closeReason: 1, closeReasonText: 'NormalClosure' })
    expect(renderer.profiles().length).toBeLessThan(before + 1)
  })
})

describe('browsers that are killed', () => {
  it('end their sessions, spare ones are not lent, and the next session has a browser', async () => {
    const id = await acquire()
    await expect.poll(() => metric('lapis_renderer_spare_browsers'), SOON).toBe(1)
    for (const pid of renderer.browsers()) process.kill(pid, 'SIGKILL')
    await expect.poll(openSessions, SOON).toEqual([])
    const crashed = { closeReason: 5, closeReasonText: 'BrowserCrashed' }
    expect(await lastEnded()).toMatchObject(crashed)
    expect((await renderer.call('DELETE', `/v1/devtools/browser/${id}`)).body).toEqual({ status: 'closed', ...crashed })
    expect((await renderer.join(await acquire())).status).toBe(101)
    expect(await metric('lapis_renderer_sessions_closed_total{reason="BrowserCrashed"}')).toBe(1)
  })
})

describe('when the renderer itself ends', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('by %s, neither browsers nor profiles are left', async (signal) => {
    await acquire()
    expect(renderer.browsers().length).toBeGreaterThan(0)
    await renderer.end(signal)
    await expect.poll(() => [renderer.browsers(), renderer.profiles()], SOON).toEqual([[], []])
    await renderer.start(SETTINGS)
  })
})
