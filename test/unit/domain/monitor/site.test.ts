import { expect, it } from 'vitest'
import { type SiteLook, decideSite } from '../../../../src/domain/monitor/site/decide-site.ts'
import { FIRST_SITE_MEMORY, type SiteMemory } from '../../../../src/domain/monitor/site/site-memory.ts'
import { NO_DIFFERENCE, blockChanges } from './site-changes.ts'

const AT = 'https://shop.example'

const NOTHING: SiteLook = {
  pages: 10,
  new: [],
  changed: [],
  gone: [],
  secondLooks: new Map(),
  suppressed: 0,
  missed: 0,
  unread: 0,
  isWhole: true,
}

const added = (path: string, hash = 'h1') => ({ url: `${AT}${path}`, title: path, words: 5, hash })
const changed = (path: string, hash: string) => ({ ...added(path, hash), change: NO_DIFFERENCE })
const gone = (path: string) => ({ url: `${AT}${path}`, title: null, reason: 'http_error', status: 404 })

it('50: while pages of the base can not be had, it stays, and what was told is not told again', () => {
  const look = { ...NOTHING, missed: 1, new: [added('/n')], changed: [changed('/c', 'h1')] }
  const first = decideSite(look, FIRST_SITE_MEMORY)
  expect(first).toMatchObject({ verdict: 'changed', movesBase: false })
  expect(decideSite(look, first.memory)).toMatchObject({ verdict: 'unchanged', movesBase: false })
  const further = decideSite({ ...look, changed: [changed('/c', 'h2')] }, first.memory)
  expect(further.change?.pages).toMatchObject({ new: 0, changed: 1 })
  const mended = decideSite({ ...look, missed: 0 }, first.memory)
  expect(mended).toMatchObject({ verdict: 'unchanged', movesBase: true, memory: { told: {}, kept: 0 } })
})

it('50: a page that can never be had holds the base back for five looks', () => {
  let memory: SiteMemory = FIRST_SITE_MEMORY
  const moved = Array.from({ length: 8 }, () => {
    const decision = decideSite({ ...NOTHING, missed: 1 }, memory)
    memory = decision.memory
    return decision.movesBase
  })
  expect(moved).toEqual([false, false, false, false, false, true, false, false])
})

it('50: what is gone is told once, at the second look that finds it gone, and never where nobody can tell', () => {
  const first = decideSite({ ...NOTHING, gone: [gone('/g'), gone('/h'), gone('/i')] }, FIRST_SITE_MEMORY)
  expect(first).toMatchObject({ verdict: 'suppressed', awaitsSecondLook: true })
  const secondLooks = new Map([
    [`${AT}/g`, 'gone'],
    [`${AT}/h`, 'back'],
    [`${AT}/i`, 'unknown'],
  ] as const)
  const second = decideSite({ ...NOTHING, secondLooks, new: [added('/h')] }, first.memory)
  expect(second.change?.pages).toMatchObject({ new: 0, removed: 1, list: [{ kind: 'removed', url: `${AT}/g` }] })
  expect(second.memory.suspects).toEqual([gone('/i')])
  expect(second.awaitsSecondLook).toBe(false)
})

it('`only` says which kinds of pages are told', () => {
  const look = { ...NOTHING, new: [added('/n')], changed: [changed('/c', 'h1')] }
  expect(decideSite(look, FIRST_SITE_MEMORY, { only: ['added'] }).change?.pages).toMatchObject({ new: 1, changed: 0 })
  expect(decideSite({ ...look, new: [] }, FIRST_SITE_MEMORY, { only: ['removed'] }).verdict).toBe('unchanged')
})

it('the difference shows every page under its URL, and is no longer than a row can hold', () => {
  const page = { ...changed('/c', 'h1'), change: blockChanges(3_000) }
  const { change } = decideSite({ ...NOTHING, new: [added('/n')], changed: [page] }, FIRST_SITE_MEMORY)
  expect(change?.blocks).toHaveLength(2_000)
  expect(change?.after[0]).toEqual({ key: `${AT}/n`, under: '', text: `/n (${AT}/n)` })
  expect(change?.blocks[1]).toMatchObject({ kind: 'changed', under: `${AT}/c › Part`, from: 0, to: 1 })
  expect(change?.summary).toMatchObject({ added: 3_005, removed: 3_000, changedRatio: 0.2 })
})
