import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
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
