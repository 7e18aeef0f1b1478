import { env, exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { sweep } from '../../../workers/cron/sweep.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'

it('1,000 creations with one Idempotency-Key: one resource, and the same answer afterwards', async () => {
  const key = await newOwner()
  const create = () =>
    exports.default.fetch('http://lapis.test/v1/crawls', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'one' },
      body: JSON.stringify({ url: 'http://127.0.0.1:9/' }),
    })
  const answers = await Promise.all(Array.from({ length: 1_000 }, create))
  const bodies = await Promise.all(answers.map(async (answer) => answer.json<{ id?: string; code?: string }>()))
  const ids = new Set(bodies.flatMap(({ id }) => id ?? []))
  expect(ids.size).toBe(1)
  // Who comes while the first is at work is told so, and may ask again: to wait for it here would keep its own queries waiting.
  for (const { id, code } of bodies) expect(code ?? id).toMatch(/^[0-9a-f-]{36}$|^idempotency_in_progress$/)
  expect((await (await create()).json<{ id: string }>()).id).toBe([...ids][0])
  const { data } = await (
    await exports.default.fetch('http://lapis.test/v1/crawls', { headers: { authorization: `Bearer ${key}` } })
  ).json<{ data: unknown[] }>()
  expect(data).toHaveLength(1)
}, 120_000)

it('the answer is kept for 24 hours, through sweeps, and no longer', async () => {
  const key = await newOwner()
  const name = `kept ${crypto.randomUUID()}`
  const create = async (path: string, body: unknown) =>
    exports.default.fetch(`http://lapis.test${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': name },
      body: JSON.stringify(body),
    })
  const order = { url: 'http://127.0.0.1:9/' }
  const idOf = async () => (await (await create('/v1/crawls', order)).json<{ id: string }>()).id
  const first = await idOf()
  const age = (interval: string) =>
    query('UPDATE idempotency_keys SET created_at = now() - $1::interval WHERE key = $2', [interval, name])
  await age('23 hours 59 minutes')
  await sweep(platformOf(env))
  expect(await idOf()).toBe(first)
  expect((await create('/v1/crawls', { ...order, limit: 2 })).status).toBe(409)
  await age('24 hours 1 minute')
  await sweep(platformOf(env))
  expect(await idOf()).not.toBe(first)
})
