import { env } from 'cloudflare:workers'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it, vi } from 'vitest'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import { check } from '../../../src/flows/monitor/check.ts'
import { claimTerms } from '../../../src/flows/monitor/claim.ts'
import { claimNow } from '../../../src/storage/postgres/monitor-claims.ts'
import { newChannel, received, request } from '../delivery/channel-calls.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import {
  PARAGRAPHS,
  afterChecks,
  changesOf,
  checked,
  checksOf,
  eventsOf,
  newMonitor,
  page,
  quiet,
} from './monitor-calls.ts'

const NEWS = 'A golden orb weaver was seen on the roof of the library this morning.'

describe('a monitor, end to end', () => {
  it('looks at once, and a page that changes sends monitor.changed to its webhook', async () => {
    const site = await openSite({ '/': page(...PARAGRAPHS), '/hook': { status: 200, body: 'thanks' } })
    const key = await newOwner()
    const channel = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/hook` } })
    const wish = { url: `${site.origin}/`, schedule: { every: '1h' }, enabled: true, channels: [channel.id] }
    const { id } = await newMonitor(key, wish)
    const [baseline] = await afterChecks(key, id, 1)
    expect(baseline).toMatchObject({ verdict: 'baseline', status: 200 })
    await site.setRoutes({ '/': page(...PARAGRAPHS, NEWS), '/hook': { status: 200, body: 'thanks' } })
    const ordered = await request(key, 'POST', `/v1/monitors/${id}/check`)
    expect(ordered.status).toBe(202)
    const order = await ordered.json<{ id: string }>()
    const [latest] = await afterChecks(key, id, 2)
    expect(latest).toMatchObject({ id: order.id, verdict: 'changed', status: 200 })
    const got = await vi.waitFor(
      async () => {
        const [first] = await received(site)
        expect(first).toBeDefined()
        return first
      },
      { timeout: 15_000, interval: 100 },
    )
    const said = new Webhook(channel.secret ?? '').verify(got?.body ?? '', got?.headers ?? {})
    const [change] = await changesOf(key, id)
    expect(said).toMatchObject({
      type: 'monitor.changed',
      data: { monitorId: id, change: { id: change?.id, excerpt: `+ ${NEWS}`, summary: { removed: 0 } } },
    })
    const monitor = await call<Monitor>(key, `/v1/monitors/${id}`)
    expect(monitor).toMatchObject({ status: 'active', health: { failures: 0, lastVerdict: 'changed' } })
    expect(monitor.lastChangeAt).toBe(latest?.at)
    expect(new Date(monitor.nextCheckAt ?? 0).getTime()).toBeGreaterThan(Date.now())
  })
})

describe('what a check leaves', () => {
  it('1 first check is a baseline: no alert', async () => {
    const site = await openSite({ '/': page(...PARAGRAPHS) })
    const key = await newOwner()
    const { id } = await newMonitor(key, { url: `${site.origin}/` })
    expect(await checked(key, id)).toMatchObject({ verdict: 'baseline', status: 200, lateMs: 0 })
    expect(await eventsOf(id)).toEqual([])
    expect(await changesOf(key, id)).toEqual([])
  })

  it('2 unchanged content clears an old error, a 304 too', async () => {
    const tagged = { headers: { etag: '"v1"' }, body: page(...PARAGRAPHS) }
    const down = { status: 500, body: 'down' }
    const site = await openSite({ '/': tagged })
    const key = await newOwner()
    const { id } = await newMonitor(key, { url: `${site.origin}/`, alertAfterFailures: 1 })
    await checked(key, id)
    await site.setRoutes({ '/': down })
    expect(await checked(key, id)).toMatchObject({ verdict: 'failed', status: 500 })
    expect(await call<Monitor>(key, `/v1/monitors/${id}`)).toMatchObject({ health: { failures: 1 } })
    await site.setRoutes({ '/': tagged })
    expect(await checked(key, id)).toMatchObject({ verdict: 'not_modified', status: 304 })
    expect(await call<Monitor>(key, `/v1/monitors/${id}`)).toMatchObject({ health: { failures: 0 } })
    const asked = (await site.requests())
      .filter(({ path }) => path === '/')
      .map(({ headers }) => headers['if-none-match'])
    expect(asked).toEqual([undefined, '"v1"', '"v1"'])
  })

  it('31 fetch errors: alert after N, one recovery', async () => {
    const site = await openSite({ '/': page(...PARAGRAPHS), '/hook': 'ok' })
    const key = await newOwner()
    const channel = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/hook` } })
    const { id } = await newMonitor(key, { url: `${site.origin}/`, channels: [channel.id], alertAfterFailures: 2 })
    await checked(key, id)
    await query('UPDATE monitors SET enabled = true WHERE id = $1', [id])
    await site.setRoutes({ '/': { fault: 'reset' }, '/hook': 'ok' })
    for (let failure = 0; failure < 3; failure++) await checked(key, id)
    expect(await call<Monitor>(key, `/v1/monitors/${id}`)).toMatchObject({ status: 'failing', health: { failures: 3 } })
    await site.setRoutes({ '/': page(...PARAGRAPHS), '/hook': 'ok' })
    for (let success = 0; success < 2; success++) await checked(key, id)
    const events = await eventsOf(id)
    expect(events.map(({ type }) => type)).toEqual(['monitor.failing', 'monitor.recovered'])
    expect(events[0]?.data).toMatchObject({ failures: 2, reminder: false, error: { code: 'connection_failed' } })
    expect(await call<Monitor>(key, `/v1/monitors/${id}`)).toMatchObject({ status: 'active', health: { failures: 0 } })
  })

  it('22 a change that reverts on confirmation is silent', async () => {
    const site = await openSite({ '/': page(...PARAGRAPHS) })
    const key = await newOwner()
    const { id } = await newMonitor(key, {
      url: `${site.origin}/`,
      confirm: { rechecks: 1, after: '10m' },
    })
    await checked(key, id)
    await site.setRoutes({ '/': page(...PARAGRAPHS, NEWS) })
    // Not by PATCH, which would have the queue look at it as well.
    await query('UPDATE monitors SET enabled = true WHERE id = $1', [id])
    expect(await checked(key, id)).toMatchObject({ verdict: 'suppressed', reason: 'awaiting_confirmation' })
    const { health, nextCheckAt } = await call<Monitor>(key, `/v1/monitors/${id}`)
    expect(health.whyNext).toBe('to confirm a change')
    // Ten minutes at the speed of the tests' clock.
    expect(new Date(nextCheckAt ?? 0).getTime() - Date.now()).toBeLessThanOrEqual(30_000)
    await site.setRoutes({ '/': page(...PARAGRAPHS) })
    expect(await checked(key, id)).toMatchObject({ verdict: 'suppressed', reason: 'reverted_on_confirmation' })
    expect(await eventsOf(id)).toEqual([])
  })

  it('a change that is confirmed is told, although the site says that nothing has changed since', async () => {
    const body = (etag: string, ...texts: string[]) => ({ '/': { headers: { etag }, body: page(...texts) } })
    const site = await openSite(body('"1"', ...PARAGRAPHS))
    const key = await newOwner()
    const { id } = await newMonitor(key, { url: `${site.origin}/`, confirm: { rechecks: 1, after: '10m' } })
    await checked(key, id)
    await site.setRoutes(body('"2"', ...PARAGRAPHS, NEWS))
    await checked(key, id)
    expect(await checked(key, id)).toMatchObject({ verdict: 'changed', status: 200 })
  })

  it('24 429, a challenge and then the same page: silent', async () => {
    const site = await openSite({ '/': page(...PARAGRAPHS) })
    const key = await newOwner()
    const { id } = await newMonitor(key, { url: `${site.origin}/` })
    await checked(key, id)
    for (const answer of [
      { status: 403, body: '<title>Forbidden</title>' },
      { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: '<title>Just a moment...</title>' },
    ]) {
      await site.setRoutes({ '/': answer })
      expect(await checked(key, id)).toMatchObject({ verdict: 'failed' })
    }
    await site.setRoutes({ '/': page(...PARAGRAPHS) })
    expect((await checked(key, id)).verdict).toMatch(/^(?:unchanged|not_modified)$/)
    expect(await eventsOf(id)).toEqual([])
  })

  it('asks robots.txt, and says when that forbids the page', async () => {
    const site = await openSite({ '/robots.txt': 'User-agent: *\nDisallow: /private', '/private': page(...PARAGRAPHS) })
    const key = await newOwner()
    const { id } = await newMonitor(key, { url: `${site.origin}/private` })
    expect(await checked(key, id)).toMatchObject({ verdict: 'failed', reason: 'robots_disallowed' })
    expect((await site.requests()).map(({ path }) => path)).toEqual(['/robots.txt'])
  })

  it('waits for its turn where a site wants to be asked slowly, and takes none away that it can not use', async () => {
    const site = await openSite({
      '/robots.txt': 'User-agent: *\nCrawl-delay: 60',
      '/': page(...PARAGRAPHS),
      '/other': page(...PARAGRAPHS),
    })
    const key = await newOwner()
    const first = await newMonitor(key, { url: `${site.origin}/` })
    const second = await newMonitor(key, { url: `${site.origin}/other`, scrapeOptions: { timeout: 1_000 } })
    await checked(key, first.id)
    const { platform } = quiet()
    const claim = await claimNow(await platform.database(), second.id, claimTerms(platform))
    if (claim) await check(platform, claim)
    expect(await checksOf(key, second.id)).toEqual([])
    const { nextCheckAt, health } = await call<Monitor>(key, `/v1/monitors/${second.id}`)
    expect(health.whyNext).toBe('waiting for a turn on the site')
    const waitMs = new Date(nextCheckAt ?? 0).getTime() - Date.now()
    expect(waitMs).toBeGreaterThan(20_000)
    expect(waitMs).toBeLessThanOrEqual(61_000)
  })

  it('39 a check that comes again, or after an edit, leaves nothing', async () => {
    const site = await openSite({ '/': page(...PARAGRAPHS) })
    const key = await newOwner()
    const { id } = await newMonitor(key, { url: `${site.origin}/` })
    const { platform } = quiet()
    const claim = await claimNow(await platform.database(), id, claimTerms(platform))
    if (!claim) throw new Error('no claim')
    await Promise.all([check(platform, claim), check(quiet().platform, claim)])
    await check(quiet().platform, claim)
    expect(await checksOf(key, id)).toHaveLength(1)
    const late = await claimNow(await platform.database(), id, claimTerms(platform))
    if (!late) throw new Error('no claim')
    const edited = await request(key, 'PATCH', `/v1/monitors/${id}`, { name: 'Another name' })
    expect(edited.status).toBe(200)
    await check(quiet().platform, late)
    expect(await checksOf(key, id)).toHaveLength(1)
    expect((await env.ARCHIVE.list({ prefix: `monitors/${id}/` })).objects).toHaveLength(1)
  })
})
