import { beforeAll, expect, it } from 'vitest'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import { check } from '../../../src/flows/monitor/check.ts'
import { claimDueMonitors, claimTerms } from '../../../src/flows/monitor/claim.ts'
import { type MonitorClaim, beginCheck, claimDue } from '../../../src/storage/postgres/monitor-claims.ts'
import { request } from '../delivery/channel-calls.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { checksOf, quiet } from './monitor-calls.ts'

/** Long before any monitor of another test is due: all tests share one database. */
const THEN = Date.parse('2001-01-01T00:00:00Z')
const DUE = 40

let key = ''
let ids: string[] = []

const at = (afterMs: number) => quiet({ now: () => new Date(THEN + afterMs) })

async function claimed(afterMs: number): Promise<MonitorClaim[]> {
  const { platform, jobs } = at(afterMs)
  await claimDueMonitors(platform)
  return jobs.flatMap((job) => (job.kind === 'check' ? [{ monitorId: job.monitorId, claimId: job.claimId }] : []))
}

beforeAll(async () => {
  key = await newOwner()
  const content = Array.from({ length: DUE }, (_, index) => `http://127.0.0.1:9/${index}`).join('\n')
  const imported = { format: 'urls', content, defaults: { enabled: false } }
  ids = (await call<{ ids: string[] }>(key, '/v1/monitors/import', imported)).ids
})

async function makeAllDue(): Promise<void> {
  await query(`UPDATE monitors SET next_check_at = $1, claim_id = NULL, claimed_until = NULL WHERE id = ANY ($2)`, [
    new Date(THEN).toISOString(),
    ids,
  ])
}

it('42: one claim for each monitor that is due, however many claim at once', async () => {
  await makeAllDue()
  const few = 7
  const claimers = Array.from({ length: 8 }, async () => {
    const { platform } = at(0)
    const db = await platform.database()
    const claims: MonitorClaim[] = []
    for (;;) {
      const next = await claimDue(db, few, claimTerms(platform))
      claims.push(...next)
      if (next.length === 0) return claims
    }
  })
  const claims = (await Promise.all(claimers)).flat()
  expect(claims.map(({ monitorId }) => monitorId).toSorted()).toEqual(ids.toSorted())
  expect(await claimed(1)).toEqual([])
})

it('42 ★: a stale claim expires, and whoever had it leaves nothing any more', async () => {
  await makeAllDue()
  const former = await claimed(0)
  const { leaseMs } = claimTerms(at(0).platform)
  expect(await claimed(leaseMs - 1)).toEqual([])
  const later = await claimed(leaseMs)
  expect(later.map(({ monitorId }) => monitorId).toSorted()).toEqual(ids.toSorted())
  const [late] = former
  if (!late) throw new Error('nothing was claimed')
  await check(quiet().platform, late)
  expect(await checksOf(key, late.monitorId)).toEqual([])
  const { platform } = at(leaseMs)
  const held = later.find(({ monitorId }) => monitorId === late.monitorId)
  expect(held && (await beginCheck(await platform.database(), held, claimTerms(platform)))).toMatchObject({
    id: late.monitorId,
  })
})

it('46: a large import is answered at once; its first checks run in the background, spread over half an hour', async () => {
  const many = 1_000
  const content = Array.from({ length: many }, (_, index) => `http://127.0.0.1:9/many/${index}`).join('\n')
  const owner = await newOwner()
  const answer = await request(owner, 'POST', '/v1/monitors/import', { format: 'urls', content })
  expect(await answer.json()).toMatchObject({ created: many, refused: [] })
  const waits: number[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${cursor}`
    const page: { data: Monitor[]; nextCursor: string | null } = await call(owner, `/v1/monitors?limit=100${from}`)
    waits.push(...page.data.map((each) => Date.parse(each.nextCheckAt ?? '') - Date.parse(each.createdAt)))
    cursor = page.nextCursor
  }
  // Nobody's checks are made here.
  await query(`UPDATE monitors SET next_check_at = NULL WHERE url LIKE 'http://127.0.0.1:9/many/%'`)
  expect(waits).toHaveLength(many)
  // Half an hour at the speed of the tests' clock, in six parts.
  const parts = Map.groupBy(waits, (waitMs) => Math.floor(waitMs / 15_000))
  expect([...parts.keys()].toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5])
  for (const part of parts.values()) expect(part.length).toBeGreaterThan(many / 12)
})
