import { expect, it } from 'vitest'
import { MOST_OVERTAKEN, turns } from '../../../../../containers/selfhost/database/turns.ts'

const [A, B, C] = [{}, {}, {}]

it('gives the turn to one at a time, first come first served', async () => {
  const order = turns()
  const had: string[] = []
  await order.take(A)
  const b = order.take(B).then(() => had.push('b'))
  const c = order.take(C).then(() => had.push('c'))
  expect(order.holds(A)).toBe(true)
  order.pass(A)
  await b
  expect(had).toEqual(['b'])
  order.pass(B)
  await c
  expect(had).toEqual(['b', 'c'])
})

it('lets its holder go on without waiting', async () => {
  const order = turns()
  await order.take(A)
  void order.take(B)
  expect(await order.take(A)).toBe(true)
})

it('passes over a client that left while it waited', async () => {
  const order = turns()
  await order.take(A)
  const b = order.take(B)
  const c = order.take(C)
  order.leave(B)
  expect(await b).toBe(false)
  order.pass(A)
  expect(await c).toBe(true)
})

it('takes the turn from nobody but its holder', async () => {
  const order = turns()
  await order.take(A)
  order.pass(B)
  expect(order.holds(A)).toBe(true)
})

it('lets what somebody waits for go before bulk, but not for ever', async () => {
  const order = turns()
  const had: string[] = []
  await order.take(A)
  const bulk = order.take(B, true).then(() => had.push('bulk'))
  const others = Array.from({ length: MOST_OVERTAKEN + 1 }, (_, n) => ({ n }))
  const reads = others.map((client) => order.take(client).then(() => had.push(String(client.n))))
  for (const holder of [A, ...others.slice(0, MOST_OVERTAKEN), B]) {
    order.pass(holder)
    await new Promise((resolve) => setTimeout(resolve))
  }
  await Promise.all([bulk, ...reads])
  expect(had).toHaveLength(MOST_OVERTAKEN + 2)
  expect(had.indexOf('bulk')).toBe(MOST_OVERTAKEN)
})
