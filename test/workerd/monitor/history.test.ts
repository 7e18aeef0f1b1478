import { expect, it } from 'vitest'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import type { MonitorDiff, Preview } from '../../../src/contracts/api/monitor-change.ts'
import { request } from '../delivery/channel-calls.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import { PARAGRAPHS, changesOf, checked, eventsOf, newMonitor, page } from './monitor-calls.ts'

const HOSTILE = 'A <script>alert(1)</script> & a "quoted" word were added to this paragraph of the page.'

/** A monitor that has seen its page change once. */
async function changedMonitor() {
  const site = await openSite({ '/': page(...PARAGRAPHS) })
  const key = await newOwner()
  const monitor = await newMonitor(key, { url: `${site.origin}/` })
  await checked(key, monitor.id)
  await site.setRoutes({ '/': page(PARAGRAPHS[0] ?? '', HOSTILE.replaceAll('<', '&lt;')) })
  await checked(key, monitor.id)
  const [change] = await changesOf(key, monitor.id)
  if (!change) throw new Error('no change')
  return { site, key, id: monitor.id, change }
}

it('a change is had as JSON, as a patch and as HTML, in which text of the page is never markup', async () => {
  const { key, id, change } = await changedMonitor()
  const of = (format: string) => request(key, 'GET', `/v1/changes/${change.id}?format=${format}`)
  const json = await (await of('json')).json<MonitorDiff>()
  expect(json).toMatchObject({ id: change.id, monitorId: id, summary: change.summary })
  const unified = await of('unified')
  expect(unified.headers.get('content-type')).toBe('text/x-diff; charset=utf-8')
  expect(await unified.text()).toMatch(/^--- .*\n\+\+\+ .*\n@@ [\s\S]*^-Visitors[\s\S]*^\+A <script>/m)
  for (const format of ['html', 'side-by-side']) {
    const answer = await of(format)
    const html = await answer.text()
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-.*sandbox/)
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script')
  }
  expect((await of('pdf')).status).toBe(400)
})

it('38 any two versions compare, also those that rules have silenced', async () => {
  const { key, id } = await changedMonitor()
  const { data } = await call<{ data: { id: string }[] }>(key, `/v1/monitors/${id}/snapshots`)
  const [latest, first] = data
  const diff = await call<MonitorDiff>(key, `/v1/monitors/${id}/diff?from=${first?.id}&to=${latest?.id}`)
  expect(diff.before.map(({ text }) => text)).toContain(PARAGRAPHS[1])
  expect(diff.after.map(({ text }) => text)).toContain(HOSTILE)
  const back = await request(key, 'GET', `/v1/monitors/${id}/diff?from=${latest?.id}&to=${first?.id}&format=unified`)
  expect(await back.text()).toContain(`+${PARAGRAPHS[1]}`)
})

it('25 editing settings re-baselines without alerting', async () => {
  const { site, key, id } = await changedMonitor()
  const patched = await request(key, 'PATCH', `/v1/monitors/${id}`, { select: { include: ['h1'] } })
  expect(patched.status).toBe(200)
  await site.setRoutes({ '/': page('Something else altogether stands here now, and nobody is told of it.') })
  expect(await checked(key, id)).toMatchObject({ verdict: 'baseline' })
  expect(await changesOf(key, id)).toHaveLength(1)
})

it('46 what GET has given can be sent back by PATCH, and unknown fields are refused', async () => {
  const key = await newOwner()
  const { id } = await newMonitor(key, { url: 'https://example.com/', tags: ['news'], ignore: ['/ad \\d+/'] })
  const shown = await call<Monitor>(key, `/v1/monitors/${id}`)
  const answer = await request(key, 'PATCH', `/v1/monitors/${id}`, shown)
  expect(answer.status).toBe(200)
  expect({ ...(await answer.json<Monitor>()), updatedAt: '', health: null }).toEqual({
    ...shown,
    updatedAt: '',
    health: null,
  })
  expect((await request(key, 'PATCH', `/v1/monitors/${id}`, { colour: 'red' })).status).toBe(400)
})

it.each([
  [{ ignore: ['/(/'] }, 'ignore.0'],
  [{ select: { include: ['p::['] } }, 'select.include.0'],
  [{ select: { xpath: '//p[' } }, 'select.xpath'],
  [{ schedule: { cron: '* * * * *', timezone: 'Mars/Olympus' } }, 'schedule'],
  [{ site: { limit: 10 } }, 'site'],
  [{ target: 'site', site: { includePaths: ['('] } }, 'site.includePaths.0'],
])('a rule that could never work is refused when it is saved: %j', async (wish, path) => {
  const key = await newOwner()
  const monitor = { name: 'Refused', url: 'https://example.com/', schedule: { every: '1h' }, ...wish }
  const answer = await request(key, 'POST', '/v1/monitors', monitor)
  expect(answer.status).toBe(400)
  expect(JSON.stringify(await answer.json())).toContain(`"path":"${path}`)
})

it('a preview tells what rules would select and say, and replays them over stored snapshots', async () => {
  const { site, key, id } = await changedMonitor()
  const preview = await call<Preview>(key, '/v1/monitors/preview', {
    url: `${site.origin}/`,
    select: { include: ['h1'] },
    against: { monitorId: id },
  })
  expect(preview.live.blocks.map(({ text }) => text)).toEqual(['News'])
  expect(preview.replay.map(({ verdict }) => verdict)).toEqual(['baseline', 'unchanged'])
  expect(await eventsOf(id)).toEqual([])
})

it('47 a feed needs its token', async () => {
  const { key, id, change } = await changedMonitor()
  const { feedUrl } = await call<Monitor>(key, `/v1/monitors/${id}`)
  const { pathname, search } = new URL(feedUrl)
  const feed = await request('', 'GET', pathname + search)
  expect(feed.headers.get('content-type')).toContain('application/atom+xml')
  expect(await feed.text()).toContain(change.id)
  expect((await request('', 'GET', `${pathname}?token=guessed`)).status).toBe(404)
  expect((await request('', 'GET', pathname)).status).toBe(401)
})

it('a list of URLs becomes monitors, and lines that are none are named', async () => {
  const key = await newOwner()
  const answer = await request(key, 'POST', '/v1/monitors/import', {
    format: 'urls',
    content: 'https://example.com/a\nhttps://example.com/b\nnot a url\n',
    defaults: { enabled: false },
  })
  expect(answer.status).toBe(201)
  expect(await answer.json()).toMatchObject({
    created: 2,
    refused: [{ entry: 'not' }],
  })
})

it('checks are counted in the usage of the day', async () => {
  const { key } = await changedMonitor()
  const { data } = await call<{ data: { checks: number }[] }>(key, '/v1/usage?days=1')
  expect(data.map(({ checks }) => checks)).toEqual([2])
})
