import { connect } from 'cloudflare:sockets'
import { env, exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { NewChannel } from '../../../src/contracts/api/channel.ts'
import type { Delivery } from '../../../src/contracts/api/delivery.ts'
import type { Platform } from '../../../src/flows/platform.ts'
import { openDatabase } from '../../../src/storage/postgres/database.ts'
import { announce } from '../../../src/storage/postgres/outbox.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from '../identity/query.ts'
import { call } from '../platform/api-calls.ts'
import type { Site } from '../stand-in-site.ts'

export function newChannel(key: string, channel: Record<string, unknown>): Promise<NewChannel> {
  return call<NewChannel>(key, '/v1/channels', { name: 'Test', ...channel })
}

export function request(key: string, method: string, path: string, body?: unknown): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

export async function deliveriesTo(key: string, channelId: string): Promise<Delivery[]> {
  const { data } = await call<{ data: Delivery[] }>(key, `/v1/deliveries?channelId=${channelId}`)
  return data
}

/** A platform whose queue is a list: what is sent when is up to the test. */
export function byHand(more: Partial<Platform> = {}): { platform: Platform; queued: string[] } {
  const queued: string[] = []
  const queueDeliveries = (ids: readonly string[]) => Promise.resolve(void queued.push(...ids))
  return { platform: { ...platformOf(env), queueDeliveries, ...more }, queued }
}

export const CHANGED = {
  monitorId: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a',
  monitor: { name: 'Price of <b>tea</b> & @everyone *now*', url: 'https://shop.example/tea?a=1&b=2' },
  change: {
    id: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3b',
    at: '2026-11-24T12:00:00.000Z',
    summary: { added: 2, removed: 1, changedRatio: 0.25 },
    diffUrl: '/v1/changes/01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3b?format=html',
    excerpt: '-$90.00 ```\n+<script>alert("9.00")</script> & {{url}}',
  },
}

/** Writes an alert into the outbox and leaves it there; returns its deliveries. */
export async function alert(channelIds: string[], data: object = CHANGED): Promise<string[]> {
  const db = await openDatabase(env.HYPERDRIVE.connectionString, connect)()
  const [channel] = await query('SELECT workspace_id FROM channels WHERE id = $1', [channelIds[0]])
  const workspaceId = String(channel?.['workspace_id'])
  return announce(db, { workspaceId, type: 'monitor.changed', subjectId: CHANGED.monitorId, data, channelIds })
}

/** As if the time for the next attempt had come. */
export function makeDue(deliveryId: string): Promise<unknown> {
  return query(
    `UPDATE deliveries SET next_attempt_at = now() - interval '1 second'
     WHERE id = $1 AND next_attempt_at IS NOT NULL`,
    [deliveryId],
  )
}

/** What a receiver got at a path. */
export async function received(
  site: Site,
  path = '/hook',
): Promise<{ headers: Record<string, string>; body: string }[]> {
  const requests = await site.requests()
  const posts = requests.filter((each) => each.path === path)
  for (const each of posts) expect(each.method).toBe('POST')
  return posts.map(({ headers, body }) => ({ headers: headers as Record<string, string>, body }))
}
