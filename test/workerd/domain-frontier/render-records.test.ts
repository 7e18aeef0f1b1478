import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { FrontierRpc } from '../../../src/contracts/frontier.ts'
import { inFrontier } from './in-frontier.ts'

const IN_VAIN = { before: 40, after: 41 }
const GAIN = { before: 5, after: 300 }
const DAY_MS = 24 * 3_600_000

it('remembers for each host of a site what browsers have brought, whoever asks', async () => {
  const site = (): FrontierRpc => env.DOMAIN_FRONTIER.getByName('renders.example') as unknown as FrontierRpc
  expect(await site().renderingPays('www.renders.example')).toBe(true)
  const said = []
  for (let renders = 0; renders < 3; renders++) said.push(await site().noteRender('www.renders.example', IN_VAIN))
  expect(said).toEqual([true, true, false])
  expect(await site().renderingPays('www.renders.example')).toBe(false)
  expect(await site().renderingPays('shop.renders.example')).toBe(true)
  expect(await site().noteRender('www.renders.example', GAIN)).toBe(true)
})

it(
  'keeps a record no longer than it tells anything',
  inFrontier(({ store }) => {
    store.renders.put('old.example.com', { inVain: 3, at: 0 })
    store.renders.put('new.example.com', { inVain: 1, at: 8 * DAY_MS })
    expect(store.renders.find('old.example.com')).toBeUndefined()
    expect(store.renders.find('new.example.com')).toEqual({ inVain: 1, at: 8 * DAY_MS })
  }),
)
