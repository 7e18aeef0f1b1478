import { expect, it } from 'vitest'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import type { MonitorChange } from '../../../src/contracts/api/monitor-change.ts'
import { tellLate } from '../../../src/flows/monitor/tell-late.ts'
import { newChannel, request } from '../delivery/channel-calls.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import { PARAGRAPHS, changesOf, checked, eventsOf, newMonitor, page, quiet } from './monitor-calls.ts'

const NEWS = ['A first line of news.', 'A second line of news.']

it('a change is acknowledged once, by somebody, and lists and feeds leave it out when asked', async () => {
  const site = await openSite({ '/': page(...PARAGRAPHS) })
  const key = await newOwner()
  const { id } = await newMonitor(key, { url: `${site.origin}/`, tags: ['desk'] })
  await checked(key, id)
  for (const count of [1, 2]) {
    await site.setRoutes({ '/': page(...PARAGRAPHS, ...NEWS.slice(0, count)) })
    await checked(key, id)
  }
  const [latest, first] = await changesOf(key, id)
  const path = `/v1/changes/${first?.id}/acknowledgement`
  const seen = await (await request(key, 'PUT', path)).json<MonitorChange>()
  expect(seen).toMatchObject({ id: first?.id, acknowledgedBy: expect.stringMatching(/^[\da-f-]{36}$/) as string })
  expect(await (await request(key, 'PUT', path)).json()).toEqual(seen)
  const idsAt = async (list: string) => (await call<{ data: MonitorChange[] }>(key, list)).data.map((each) => each.id)
  expect(await idsAt('/v1/changes?acknowledged=false')).toEqual([latest?.id])
  expect(await idsAt('/v1/changes?acknowledged=true&tag=desk')).toEqual([first?.id])
  expect(await idsAt('/v1/changes?tag=none')).toEqual([])
  expect(await idsAt(`/v1/monitors/${id}/changes?acknowledged=false&limit=1`)).toEqual([latest?.id])
  const { feedUrl } = await call<Monitor>(key, `/v1/monitors/${id}`)
  const feed = await (await request('', 'GET', `${feedUrl.replace('http://lapis.test', '')}&acknowledged=false`)).text()
  expect([feed.includes(String(latest?.id)), feed.includes(String(first?.id))]).toEqual([true, false])
  expect(await (await request(key, 'DELETE', path)).json()).toMatchObject({ acknowledgedAt: null })
  const { data } = await call<{ data: { action: string }[] }>(key, '/v1/audit-events?limit=2')
  expect(data.map(({ action }) => action)).toEqual(['change.unacknowledged', 'change.acknowledged'])
})

it('a check that is later than its owner can bear is shown and told, once until it was made', async () => {
  const site = await openSite({ '/': page(...PARAGRAPHS), '/hook': 'ok' })
  const key = await newOwner()
  const channel = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/hook` } })
  const { id } = await newMonitor(key, { url: `${site.origin}/`, channels: [channel.id], alertWhenLate: '1h' })
  // An hour at the speed of the tests' clock is three minutes. Long ago: all tests share one database.
  const due = Date.parse('2001-01-01T00:00:00Z')
  await query('UPDATE monitors SET next_check_at = $2 WHERE id = $1', [id, new Date(due).toISOString()])
  const tell = (afterMs: number) => tellLate(quiet({ now: () => new Date(due + afterMs) }).platform)
  expect(await tell(179_000)).toBe(0)
  expect([await tell(180_000), await tell(240_000)]).toEqual([1, 0])
  expect(await eventsOf(id)).toMatchObject([
    { type: 'monitor.late', data: { monitorId: id, dueAt: '2001-01-01T00:00:00.000Z', lateMs: 180_000 } },
  ])
  const shown = await call<Monitor>(key, `/v1/monitors/${id}`)
  expect(shown.health.overdueMs).toBeGreaterThan(180_000)
  expect(await checked(key, id)).toMatchObject({ verdict: 'baseline' })
  await query('UPDATE monitors SET next_check_at = $2 WHERE id = $1', [id, new Date(due).toISOString()])
  expect(await tell(180_000)).toBe(1)
  await query('UPDATE monitors SET next_check_at = NULL WHERE id = $1', [id])
})
