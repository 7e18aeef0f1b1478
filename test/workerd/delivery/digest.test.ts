import { beforeAll, describe, expect, it } from 'vitest'
import type { Channel, NewChannel } from '../../../src/contracts/api/channel.ts'
import type { MonitorDigestNews } from '../../../src/domain/delivery/outgoing-event.ts'
import { deliver } from '../../../src/flows/delivery/deliver.ts'
import { sendDigests } from '../../../src/flows/delivery/send-digests.ts'
import { query } from '../identity/query.ts'
import { checked, newMonitor, page } from '../monitor/monitor-calls.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { type Site, openSite } from '../stand-in-site.ts'
import { CHANGED, alert, byHand, deliveriesTo, newChannel, received, request } from './channel-calls.ts'

const HOUR_MS = 3_600_000

let key = ''
let site: Site

const hourly = (path: string, more: object = {}): Promise<NewChannel> =>
  newChannel(key, { type: 'webhook', config: { url: `${site.origin}${path}` }, digest: { every: '1h' }, ...more })

/** As if so much time had gone by; sends what is queued then. */
async function afterMs(elapsed: number): Promise<number> {
  const { platform, queued } = byHand({ now: () => new Date(Date.now() + elapsed) })
  const sent = await sendDigests(platform)
  for (const id of queued) await deliver({ ...platform, now: () => new Date() }, id)
  return sent
}

const digestsAt = async (path: string) =>
  (await received(site, path)).map(({ headers, body }) => ({
    id: headers['webhook-id'],
    ...(JSON.parse(body) as { type: string; data: MonitorDigestNews }),
  }))

beforeAll(async () => {
  key = await newOwner()
  site = await openSite({ '/': page('A quiet line about looms.'), '/gathers': 'ok', '/ends': 'ok', '/many': 'ok' })
})

describe('a channel with a digest', () => {
  it('gathers what monitors find, and sends it as one message when its time has come', async () => {
    const channel = await hourly('/gathers')
    const { id } = await newMonitor(key, { url: `${site.origin}/`, channels: [channel.id], alertAfterFailures: 1 })
    await checked(key, id)
    const routes = { '/gathers': 'ok', '/ends': 'ok', '/many': 'ok' }
    await site.setRoutes({ ...routes, '/': page('A quiet line about looms.', 'Another one, about shuttles.') })
    await checked(key, id)
    await site.setRoutes({ ...routes, '/': { status: 500, body: 'down' } })
    await checked(key, id)
    expect(await afterMs(0)).toBe(0)
    expect(await deliveriesTo(key, channel.id)).toEqual([])
    // Hours at the speed of the tests' clock: whatever the channel's place in the interval, its time has come.
    expect([await afterMs(2 * HOUR_MS), await afterMs(4 * HOUR_MS)]).toEqual([1, 0])
    const [digest, ...others] = await digestsAt('/gathers')
    expect(others).toEqual([])
    expect(digest).toMatchObject({
      type: 'monitor.digest',
      data: {
        channelId: channel.id,
        counts: { changed: 1, failing: 1, recovered: 0, late: 0 },
        events: [{ type: 'monitor.changed', data: { monitorId: id } }, { type: 'monitor.failing' }],
        more: 0,
      },
    })
    const [delivery] = await deliveriesTo(key, channel.id)
    expect(digest?.id).toBe(delivery?.eventId)
  })

  it('is tested at once all the same, and sends what waits when it wants none any more', async () => {
    const channel = await hourly('/ends')
    await alert([channel.id])
    expect(await (await request(key, 'POST', `/v1/channels/${channel.id}/test`)).json()).toMatchObject({
      eventType: 'channel.test',
      status: 'delivered',
    })
    const edited = await (await request(key, 'PATCH', `/v1/channels/${channel.id}`, { digest: null })).json<Channel>()
    expect(edited).toMatchObject({ digest: null, nextDigestAt: null })
    expect(await afterMs(0)).toBe(1)
    expect((await digestsAt('/ends')).map(({ type }) => type)).toEqual(['channel.test', 'monitor.digest'])
    expect(await alert([channel.id])).toHaveLength(1)
  })

  it('keeps what waits while it is muted, and loses nothing of very much', async () => {
    const channel = await hourly('/many')
    for (let index = 0; index < 101; index++) await alert([channel.id], { ...CHANGED, index })
    const muted = async (until: number) =>
      query('UPDATE channels SET muted_until = $2 WHERE id = $1', [channel.id, new Date(Date.now() + until)])
    await muted(9 * HOUR_MS)
    expect(await afterMs(2 * HOUR_MS)).toBe(0)
    await muted(-HOUR_MS)
    expect(await afterMs(2 * HOUR_MS)).toBe(2)
    const digests = await digestsAt('/many')
    const told = digests.flatMap(({ data }) => data.events.map((event) => (event.data as { index?: number }).index))
    expect(told.toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual(Array.from({ length: 101 }, (_, at) => at))
    expect(new Set(digests.map(({ data }) => data.more))).toEqual(new Set([0, 1]))
    expect(new Set(digests.map(({ id }) => id)).size).toBe(2)
  })

  it.each([
    [{ every: '30s' }, 'digest.every'],
    [{ cron: '0 8 * * *', timezone: 'Mars/Olympus' }, 'digest.timezone'],
    [{ adaptive: { min: '1h', max: '1d' } }, 'digest'],
  ])('is refused what it could not keep: %j', async (digest, path) => {
    const body = { type: 'webhook', name: 'No', config: { url: `${site.origin}/` }, digest }
    const refused = await request(key, 'POST', '/v1/channels', body)
    expect(refused.status).toBe(400)
    expect((await refused.json<{ detail: string }>()).detail).toContain(path)
  })

  it('shows when the next one is, and a PATCH of what was shown does not put it off', async () => {
    const channel = await hourly('/', { digest: { cron: '0 8 * * *', timezone: 'Europe/Berlin' } })
    const shown = await call<Channel>(key, `/v1/channels/${channel.id}`)
    expect(shown.nextDigestAt).toMatch(/T0[67]:00:00.000Z$/)
    expect(await (await request(key, 'PATCH', `/v1/channels/${channel.id}`, shown)).json()).toEqual(shown)
  })
})
