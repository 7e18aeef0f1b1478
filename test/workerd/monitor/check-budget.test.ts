import { expect, it } from 'vitest'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import type { MonitorSettings } from '../../../src/contracts/api/monitor-settings.ts'
import { shareBudgets } from '../../../src/flows/monitor/share-budgets.ts'
import { request } from '../delivery/channel-calls.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import { PARAGRAPHS, checked, newMonitor, page, quiet } from './monitor-calls.ts'

/** Of thirty checks, an hour apart: how many found a change. */
const CHANGES = [1, 10, 20]
const CHECKS_PER_DAY = 12

it('adaptive monitors share the checks a day that their workspace has, by rate of change and importance', async () => {
  const key = await newOwner()
  const site = await openSite(Object.fromEntries(CHANGES.map((_, at) => [`/${at}`, page(...PARAGRAPHS)])))
  const monitors = await Promise.all(
    CHANGES.map((_, at) =>
      newMonitor(key, {
        url: `${site.origin}/${at}`,
        schedule: { adaptive: { min: '1m', max: '9w', importance: at === 0 ? 4 : 1 } },
      }),
    ),
  )
  for (const [at, { id }] of monitors.entries()) {
    await checked(key, id)
    const history = Array.from({ length: 30 }, (_each, index) => ({ hours: 1, changed: index < (CHANGES[at] ?? 0) }))
    // Not by PATCH, which would have it checked at once.
    await query('UPDATE monitors SET history = $2, enabled = true WHERE id = $1', [id, JSON.stringify(history)])
    await checked(key, id)
  }
  const wish = { checksPerDay: CHECKS_PER_DAY }
  const saved = await request(key, 'PUT', '/v1/monitor-settings', wish)
  expect(await saved.json<MonitorSettings>()).toMatchObject(wish)
  for (const { id } of monitors) await checked(key, id)
  const perDay = await Promise.all(
    monitors.map(async ({ id }) => {
      const { nextCheckAt, lastCheckAt, health } = await call<Monitor>(key, `/v1/monitors/${id}`)
      expect(health.whyNext).toContain('within the budget of checks')
      // A day at the speed of the tests' clock.
      return 4_320_000 / (Date.parse(nextCheckAt ?? '') - Date.parse(lastCheckAt ?? ''))
    }),
  )
  const [rare, often = 0, oftener = 0] = perDay
  expect(perDay.reduce((sum, checks) => sum + checks, 0)).toBeCloseTo(CHECKS_PER_DAY, 0)
  expect(oftener).toBeGreaterThan(often)
  // Changes least, and matters most.
  expect(rare).toBeGreaterThan(CHECKS_PER_DAY / 10)
  await request(key, 'PUT', '/v1/monitor-settings', { checksPerDay: CHECKS_PER_DAY / 4 })
  const price = () => query('SELECT check_price FROM monitor_settings WHERE checks_per_day = $1', [CHECKS_PER_DAY / 4])
  const [dear] = await price()
  const fixed = { schedule: { every: '1d' } }
  for (const { id } of monitors.slice(1)) await request(key, 'PATCH', `/v1/monitors/${id}`, fixed)
  await shareBudgets(quiet().platform)
  const [cheap] = await price()
  expect(Number(cheap?.['check_price'])).toBeLessThan(Number(dear?.['check_price']))
  const refused = await request(key, 'PUT', '/v1/monitor-settings', { tag: 'some', checksPerDay: 5 })
  expect([refused.status, (await refused.json<{ detail: string }>()).detail]).toEqual([
    400,
    expect.stringContaining('checksPerDay'),
  ])
})
