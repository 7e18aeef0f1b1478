import { describe, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { call } from './api-calls.ts'

interface Listed {
  data: { id: string }[]
  nextCursor: string | null
}

const MAKERS: [list: string, body: (count: number) => unknown][] = [
  ['/v1/keys', (count) => ({ name: `Key ${count}` })],
  ['/v1/crawls', () => ({ url: 'http://127.0.0.1:9/' })],
  ['/v1/channels', (count) => ({ type: 'ntfy', name: `Channel ${count}`, config: { topic: `topic-${count}` } })],
  [
    '/v1/monitors',
    (count) => ({ name: `Monitor ${count}`, url: 'http://127.0.0.1:9/', schedule: { every: '1w' }, enabled: false }),
  ],
]
const ITEMS = 7

describe('following the cursor to the end', () => {
  it.each(MAKERS)('of %s has every item once, while others are added before each step', async (list, body) => {
    const key = await newOwner()
    const make = async (count: number) => (await call<{ id: string }>(key, list, body(count))).id
    const made: string[] = []
    for (let count = 0; count < ITEMS; count++) made.push(await make(count))
    const seen: string[] = []
    let cursor: string | null = ''
    for (let step = 0; cursor !== null; step++) {
      const page: Listed = await call(key, `${list}?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor
      await make(ITEMS + step)
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.filter((id) => made.includes(id))).toEqual(made.toReversed())
  })
})
