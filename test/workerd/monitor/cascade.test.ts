import { beforeAll, describe, expect, it } from 'vitest'
import type { MonitorSettings } from '../../../src/contracts/api/monitor-settings.ts'
import { deliveriesTo, newChannel, request } from '../delivery/channel-calls.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { type Site, openSite } from '../stand-in-site.ts'
import { PARAGRAPHS, changesOf, checked, eventsOf, newMonitor, page } from './monitor-calls.ts'

const NEWS = 'A golden orb weaver was seen on the roof of the library this morning.'

let key = ''
let site: Site

const put = (settings: object) => request(key, 'PUT', '/v1/monitor-settings', settings)
const channel = (name: string) =>
  newChannel(key, { name, type: 'webhook', enabled: true, config: { url: `${site.origin}/hook` } })

async function toldOf(path: string, wish: object): Promise<string> {
  const routes = (body: string) => ({ [path]: body, '/hook': 'ok' })
  await site.setRoutes(routes(page(...PARAGRAPHS)))
  const { id } = await newMonitor(key, { url: `${site.origin}${path}`, ...wish })
  await checked(key, id)
  await site.setRoutes(routes(page(...PARAGRAPHS, NEWS)))
  expect(await checked(key, id)).toMatchObject({ verdict: 'changed' })
  expect(await changesOf(key, id)).toHaveLength(1)
  return id
}

beforeAll(async () => {
  key = await newOwner()
  site = await openSite({ '/hook': 'ok' })
})

describe('45: monitor, tag and workspace', () => {
  it('ignore together', async () => {
    await put({ ignore: ['Weather today'] })
    await put({ tag: 'city', ignore: ['/Trams? \\d+/'] })
    const wish = { tags: ['city'], ignore: ['Sponsored'] }
    await site.setRoutes({ '/': page(...PARAGRAPHS, 'Weather today is fine.', 'Tram 4 is late.', 'Sponsored by tea.') })
    const { id } = await newMonitor(key, { url: `${site.origin}/`, ...wish })
    await checked(key, id)
    await site.setRoutes({
      '/': page(...PARAGRAPHS, 'Weather today is foul.', 'Tram 9 is late.', 'Sponsored by milk.'),
    })
    expect(await checked(key, id)).toMatchObject({ verdict: 'unchanged' })
    // Other rules make a new baseline and no alert, also where the site says that nothing has changed.
    await put({ tag: 'city', ignore: [] })
    expect(await checked(key, id)).toMatchObject({ verdict: 'baseline' })
  })

  it('the nearest that names channels is told', async () => {
    const [own, ofTag, ofAll] = [await channel('own'), await channel('of the tag'), await channel('of all')]
    await put({ channels: [ofAll.id] })
    await put({ tag: 'shop', channels: [ofTag.id] })
    await toldOf('/own', { tags: ['shop'], channels: [own.id] })
    await toldOf('/tagged', { tags: ['shop'] })
    await toldOf('/plain', {})
    const told = await Promise.all([own, ofTag, ofAll].map(({ id }) => deliveriesTo(key, id)))
    expect(told.map((deliveries) => deliveries.length)).toEqual([1, 1, 1])
  })

  it('whoever is muted anywhere keeps what happens and tells nobody', async () => {
    const mutedUntil = new Date(Date.now() + 3_600_000).toISOString()
    const { id: channelId } = await channel('muted')
    const silent = await toldOf('/mute-monitor', { channels: [channelId], mutedUntil })
    await put({ tag: 'quiet', mutedUntil })
    const tagged = await toldOf('/mute-tag', { channels: [channelId], tags: ['quiet'] })
    const over = await toldOf('/mute-over', { channels: [channelId], mutedUntil: '2026-01-01T00:00:00.000Z' })
    expect([await eventsOf(silent), await eventsOf(tagged)]).toEqual([[], []])
    expect(await eventsOf(over)).toHaveLength(1)
  })

  it('are shown, refused where they could never work, and taken away', async () => {
    const { data } = await call<{ data: MonitorSettings[] }>(key, '/v1/monitor-settings')
    expect(data.map(({ tag }) => tag)).toEqual([null, 'city', 'quiet', 'shop'])
    for (const shown of data) expect((await put(shown)).status).toBe(200)
    for (const bad of [{ ignore: ['/(/'] }, { channels: [crypto.randomUUID()] }, { tag: '' }, { colour: 'red' }])
      expect((await put(bad)).status).toBe(400)
    expect((await request(key, 'DELETE', '/v1/monitor-settings?tag=quiet')).status).toBe(204)
    expect((await request(key, 'DELETE', '/v1/monitor-settings?tag=quiet')).status).toBe(404)
  })
})
