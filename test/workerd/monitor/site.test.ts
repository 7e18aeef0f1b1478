import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { Check, Monitor } from '../../../src/contracts/api/monitor.ts'
import type { MonitorDiff } from '../../../src/contracts/api/monitor-change.ts'
import { check } from '../../../src/flows/monitor/check.ts'
import { claimTerms } from '../../../src/flows/monitor/claim.ts'
import { claimNow } from '../../../src/storage/postgres/monitor-claims.ts'
import { newChannel, request } from '../delivery/channel-calls.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { type Routes, type Site, openSite } from '../stand-in-site.ts'
import { afterChecks, changesOf, checksOf, eventsOf, newMonitor, quiet } from './monitor-calls.ts'

const HOOK = { '/hook': 'ok' }

/** Pages that link to one another in their navigation, which is no content of theirs. */
function pagesOf(texts: Record<string, string>): Routes {
  const nav = Object.keys(texts).map((path) => `<li><a href="${path}">${path}</a></li>`)
  return Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [
      path,
      `<!doctype html><title>Page ${path}</title><nav><ul>${nav.join('')}</ul></nav><main><h1>${path}</h1><p>${text}</p></main>`,
    ]),
  )
}

const FORMER = {
  '/': 'All that there is to know about kettles and how they are made.',
  '/a': 'The first kettle was hammered out of one sheet of copper.',
  '/b': 'The second kettle never held water and was sold as a hat.',
  '/c': 'The third kettle whistles in the key of D when it is done.',
}

const { '/b': _sold, ...WITHOUT_B } = FORMER
const LATER = {
  ...WITHOUT_B,
  '/a': 'The first kettle was hammered out of two sheets of brass.',
  '/d': 'The fourth kettle is on order and will be here in spring.',
}

interface Watched {
  key: string
  site: Site
  id: string
}

async function watched(texts: Record<string, string>, wish: object = {}): Promise<Watched> {
  const site = await openSite({ ...pagesOf(texts), ...HOOK })
  const key = await newOwner()
  const channel = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/hook` } })
  const options = { sitemap: 'skip', delayMs: 0 }
  const { id } = await newMonitor(key, {
    url: `${site.origin}/`,
    target: 'site',
    site: options,
    channels: [channel.id],
    ...wish,
  })
  return { key, site, id }
}

/** Orders a look and waits for what it says. */
async function lookedAt({ key, id }: Watched): Promise<Check> {
  const before = await checksOf(key, id)
  const ordered = await request(key, 'POST', `/v1/monitors/${id}/check`)
  expect(ordered.status).toBe(202)
  const { id: checkId } = await ordered.json<{ id: string }>()
  const [latest] = await afterChecks(key, id, before.length + 1)
  expect(latest?.id).toBe(checkId)
  return latest as Check
}

it('50: new, changed and removed pages of a site in one digest; what is gone only after a second look', async () => {
  const monitor = await watched(FORMER)
  const { key, site, id } = monitor
  expect(await lookedAt(monitor)).toMatchObject({ verdict: 'baseline' })
  await site.setRoutes({ ...pagesOf(LATER), ...HOOK })
  const first = await lookedAt(monitor)
  expect(first).toMatchObject({ verdict: 'changed', reason: 'site_changed' })
  expect(first.reasons.map(({ code }) => code)).toContain('removal_unconfirmed')
  expect(await lookedAt(monitor)).toMatchObject({ verdict: 'changed' })
  expect(await lookedAt(monitor)).toMatchObject({ verdict: 'unchanged' })
  const [second, earlier] = await changesOf(key, id)
  if (!second || !earlier) throw new Error('nothing was told')
  expect([earlier.pages, second.pages]).toEqual([
    { new: 1, changed: 1, removed: 0 },
    { new: 0, changed: 0, removed: 1 },
  ])
  const events = await eventsOf(id)
  expect(events.map(({ type }) => type)).toEqual(['monitor.changed', 'monitor.changed'])
  expect(events[0]?.data).toMatchObject({ pages: { new: 1, changed: 1, removed: 0 }, change: { id: earlier.id } })
  expect(JSON.stringify(events[0]?.data)).toContain(`+ new: /d ${site.origin}/d`)
  const diff = await call<MonitorDiff>(key, `/v1/changes/${earlier.id}`)
  expect(diff.pages?.list).toMatchObject([
    { kind: 'new', url: `${site.origin}/d` },
    { kind: 'changed', url: `${site.origin}/a` },
  ])
  const unified = await (await request(key, 'GET', `/v1/changes/${earlier.id}?format=unified`)).text()
  expect(unified).toContain(`-${FORMER['/a']}`)
  expect(unified).toContain(`+${LATER['/a']}`)
  const removed = await call<MonitorDiff>(key, `/v1/changes/${second.id}`)
  expect(removed.pages?.list).toMatchObject([{ kind: 'removed', url: `${site.origin}/b`, title: '/b' }])
  // Of its crawls nobody is told, and no more is kept than what the next one is compared with.
  expect(await query('SELECT count(*)::int AS n FROM crawls WHERE monitor_id = $1', [id])).toEqual([{ n: 1 }])
  expect(
    await query(
      `SELECT count(*)::int AS n FROM events WHERE type LIKE 'crawl.%' AND workspace_id =
    (SELECT workspace_id FROM monitors WHERE id = $1)`,
      [id],
    ),
  ).toEqual([{ n: 0 }])
})

it('50: a page that is back at the second look is no news, and neither is a site that is down', async () => {
  const monitor = await watched(FORMER, { alertAfterFailures: 1 })
  const { key, site, id } = monitor
  await lookedAt(monitor)
  await site.setRoutes({ ...pagesOf(FORMER), ...HOOK, '/c': { status: 404, body: 'not now' } })
  expect(await lookedAt(monitor)).toMatchObject({ verdict: 'suppressed', reason: 'removal_unconfirmed' })
  await site.setRoutes({ ...pagesOf(FORMER), ...HOOK })
  expect(await lookedAt(monitor)).toMatchObject({ verdict: 'unchanged' })
  await site.setRoutes({ '/': { status: 500, body: 'down' }, ...HOOK })
  expect(await lookedAt(monitor)).toMatchObject({ verdict: 'failed' })
  expect(await call<Monitor>(key, `/v1/monitors/${id}`)).toMatchObject({ health: { failures: 1 } })
  await site.setRoutes({ ...pagesOf(FORMER), ...HOOK })
  expect(await lookedAt(monitor)).toMatchObject({ verdict: 'unchanged' })
  expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['monitor.failing', 'monitor.recovered'])
})

it('50: a crawl that a limit cuts short says nothing of what it did not see', async () => {
  const monitor = await watched(FORMER, { site: { sitemap: 'skip', delayMs: 0, limit: 4 } })
  const { site, key, id } = monitor
  await lookedAt(monitor)
  await site.setRoutes({
    ...pagesOf({ ...WITHOUT_B, '/x': 'A page more than fits in.', '/y': 'And another one that does not.' }),
    ...HOOK,
  })
  const partial = await lookedAt(monitor)
  expect(partial.reasons.map(({ code }) => code)).toContain('partial_crawl')
  expect((await changesOf(key, id)).every(({ pages }) => pages?.removed === 0)).toBe(true)
})

it('50: a page behind one that fails is not gone', async () => {
  const [home, hub] = ['<p>Home</p><a href="/hub">Hub</a>', '<p>Hub</p><a href="/leaf">Leaf</a>']
  const monitor = await watched({}, { alertAfterFailures: 1 })
  const { site, key, id } = monitor
  await site.setRoutes({ '/': home, '/hub': hub, '/leaf': '<p>Leaf</p>', ...HOOK })
  await lookedAt(monitor)
  await site.setRoutes({ '/': home, '/hub': { status: 500, body: 'down' }, '/leaf': '<p>Leaf</p>', ...HOOK })
  for (let look = 0; look < 2; look++) {
    const { verdict, reasons } = await lookedAt(monitor)
    expect(verdict).toBe('unchanged')
    expect(reasons.map(({ code }) => code)).toEqual(['unchanged', 'pages_unchecked'])
  }
  await site.setRoutes({ '/': home, '/hub': hub, '/leaf': '<p>Leaf</p>', ...HOOK })
  expect((await lookedAt(monitor)).reasons.map(({ code }) => code)).toEqual(['unchanged'])
  expect([await changesOf(key, id), await eventsOf(id)]).toEqual([[], []])
})

it('a look whose crawl was never opened is begun anew', async () => {
  const monitor = await watched(FORMER)
  await query('UPDATE monitors SET crawl_id = $2, next_check_at = now() WHERE id = $1', [
    monitor.id,
    crypto.randomUUID(),
  ])
  const { platform } = quiet()
  const claim = await claimNow(await platform.database(), monitor.id, claimTerms(platform))
  if (!claim) throw new Error('no claim')
  await check(platform, claim)
  expect(await afterChecks(monitor.key, monitor.id, 1)).toMatchObject([{ id: claim.claimId, verdict: 'baseline' }])
})

it('a monitor of a site takes its crawls along when it is deleted', async () => {
  const monitor = await watched(FORMER)
  const { key, id } = monitor
  await lookedAt(monitor)
  const [crawl] = await query('SELECT id FROM crawls WHERE monitor_id = $1', [id])
  const prefix = `crawls/${String(crawl?.['id'])}/`
  expect((await env.ARCHIVE.list({ prefix })).objects).not.toEqual([])
  expect((await request(key, 'DELETE', `/v1/monitors/${id}`)).status).toBe(204)
  expect(await query('SELECT id FROM crawls WHERE monitor_id = $1', [id])).toEqual([])
  expect((await env.ARCHIVE.list({ prefix })).objects).toEqual([])
})
