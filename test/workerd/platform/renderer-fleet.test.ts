import { describe, expect, it } from 'vitest'
import { rendererFleet } from '../../../workers/renderer-fleet.ts'

const SESSION = '11111111-2222-4333-8444-555555555555'
const BROWSERS = 'https://browser/v1/devtools/browser'

/** Renderers that answer with these statuses when they are asked for a browser, and what they were asked. */
function fleetOf(...statuses: number[]) {
  const asked: string[] = []
  const instance = (index: number) => ({
    fetch: (input: RequestInfo | URL, init?: RequestInit) => {
      const { method, url } = new Request(input, init)
      asked.push(`${index} ${method} ${new URL(url).pathname}`)
      const status = method === 'POST' ? (statuses[index] ?? 500) : 200
      return Promise.resolve(Response.json({ sessionId: SESSION, from: index }, { status }))
    },
  })
  return { fleet: rendererFleet(instance, statuses.length), asked }
}

function acquire(fleet: Fetcher): Promise<Response> {
  return fleet.fetch(`${BROWSERS}?keep_alive=60000`, { method: 'POST' })
}

describe('a session', () => {
  it('is that of the first renderer that has a browser left, and the others may sleep', async () => {
    const { fleet, asked } = fleetOf(429, 200, 200)
    expect(await (await acquire(fleet)).json()).toEqual({ sessionId: `1.${SESSION}` })
    expect(asked).toEqual(['0 POST /v1/devtools/browser', '1 POST /v1/devtools/browser'])
  })

  it('is joined and closed where it is', async () => {
    const { fleet, asked } = fleetOf(429, 200)
    await fleet.fetch(`${BROWSERS}/1.${SESSION}`, { headers: { upgrade: 'websocket' } })
    await fleet.fetch(`${BROWSERS}/1.${SESSION}`, { method: 'DELETE' })
    expect(asked).toEqual([`1 GET /v1/devtools/browser/${SESSION}`, `1 DELETE /v1/devtools/browser/${SESSION}`])
  })

  it.each([`2.${SESSION}`, SESSION, '0.1'])('%s is nobody’s', async (id) => {
    const { fleet, asked } = fleetOf(200, 200)
    expect((await fleet.fetch(`${BROWSERS}/${id}`)).status).toBe(404)
    expect(asked).toEqual([])
  })
})

describe('where none has a browser left', () => {
  it.each([
    [[429, 429], 429],
    [[503, 429], 429],
    [[429, 500], 429],
    [[500, 503], 503],
  ])('of %j the answer is %i', async (statuses, status) => {
    expect((await acquire(fleetOf(...statuses).fleet)).status).toBe(status)
  })
})
