import { env } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { Check, Monitor } from '../../../src/contracts/api/monitor.ts'
import type { MonitorChange } from '../../../src/contracts/api/monitor-change.ts'
import type { CheckJob } from '../../../src/contracts/jobs.ts'
import { check } from '../../../src/flows/monitor/check.ts'
import { claimTerms } from '../../../src/flows/monitor/claim.ts'
import type { Platform } from '../../../src/flows/platform.ts'
import { claimNow } from '../../../src/storage/postgres/monitor-claims.ts'
import { platformOf } from '../../../workers/platform.ts'
import { call } from '../platform/api-calls.ts'
import { query } from '../identity/query.ts'

export const page = (...paragraphs: string[]): string =>
  `<!doctype html><title>Page</title><main><h1>News</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</main>`

export const PARAGRAPHS = [
  'The first spider of the season has spun its web between the two old gate posts.',
  'Visitors are asked to keep to the paths and to leave the doors of the houses shut.',
]

/** Not looked at by itself: tests say when. */
const BY_HAND = { name: 'By hand', schedule: { every: '1d' }, enabled: false }

export function newMonitor(key: string, wish: Record<string, unknown>): Promise<Monitor> {
  return call<Monitor>(key, '/v1/monitors', { ...BY_HAND, ...wish })
}

/** A platform whose queues are lists. */
export function quiet(more: Partial<Platform> = {}): { platform: Platform; jobs: CheckJob[]; deliveries: string[] } {
  const jobs: CheckJob[] = []
  const deliveries: string[] = []
  const queueChecks = (queued: readonly CheckJob[]) => Promise.resolve(void jobs.push(...queued))
  const queueDeliveries = (ids: readonly string[]) => Promise.resolve(void deliveries.push(...ids))
  return { platform: { ...platformOf(env), queueChecks, queueDeliveries, ...more }, jobs, deliveries }
}

/** Makes one check, here and now, and returns it. */
export async function checked(key: string, id: string, more: Partial<Platform> = {}): Promise<Check> {
  const { platform } = quiet(more)
  const claim = await claimNow(await platform.database(), id, claimTerms(platform))
  if (!claim) throw new Error(`nothing to claim: ${id}`)
  await check(platform, claim)
  const [latest] = await checksOf(key, id)
  expect(latest?.id).toBe(claim.claimId)
  return latest as Check
}

export async function checksOf(key: string, id: string): Promise<Check[]> {
  return (await call<{ data: Check[] }>(key, `/v1/monitors/${id}/checks`)).data
}

export async function changesOf(key: string, id: string): Promise<MonitorChange[]> {
  return (await call<{ data: MonitorChange[] }>(key, `/v1/monitors/${id}/changes`)).data
}

/** Waits for the queue to have made so many checks. */
export function afterChecks(key: string, id: string, count: number): Promise<Check[]> {
  return vi.waitFor(
    async () => {
      const checks = await checksOf(key, id)
      expect(checks.length).toBeGreaterThanOrEqual(count)
      return checks
    },
    { timeout: 15_000, interval: 100 },
  )
}

/** What was put into the outbox about a monitor, oldest first. */
export async function eventsOf(id: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const rows = await query('SELECT type, data FROM events WHERE subject_id = $1 ORDER BY id', [id])
  return rows.map((row) => ({ type: String(row['type']), data: row['data'] as Record<string, unknown> }))
}
