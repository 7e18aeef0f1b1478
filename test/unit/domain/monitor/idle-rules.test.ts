import { expect, it } from 'vitest'
import { idleRules } from '../../../../src/domain/monitor/idle-rules.ts'
import type { MonitorRules } from '../../../../src/domain/monitor/rules.ts'

const FIELDS = { height: { selector: '#h', as: 'number' }, name: { selector: '#n' } } as const

function pathsOf(rules: MonitorRules, target: 'page' | 'site' = 'page'): string[] {
  return idleRules(rules, target).map(({ path }) => path)
}

it('finds nothing idle in rules that do something', () => {
  const conditions = [
    { any: [{ field: 'height', is: '<', value: '12' }, { not: { field: 'name', is: '=', value: 'x' } }] },
    { field: 'stock', is: '=', value: 'in' },
    { field: 'price', is: '<', value: 10 },
  ] as const
  const threshold = { changedWords: 3 }
  const trigger = { conditions, threshold, flap: { start: 50, stop: 20 }, contains: 'a', notContains: 'b' }
  expect(pathsOf({ fields: FIELDS, price: {}, trigger })).toEqual([])
})

it('names a condition of a field that there is none of, and the fields that there are', () => {
  const trigger = { conditions: [{ all: [{ not: { field: 'width', is: '=', value: 1 } }] }] } as const
  const [fault, ...others] = idleRules({ fields: FIELDS, trigger }, 'page')
  expect(fault?.path).toBe('trigger.conditions.0.all.0.not.field')
  expect(fault?.message).toContain('it has `height`, `name`')
  expect(others).toEqual([])
  expect(idleRules({ trigger }, 'page')[0]?.message).toContain('it has none')
})

it.each<[string, MonitorRules, string[]]>([
  [
    'a price without one',
    { trigger: { conditions: [{ field: 'price', is: '<', value: 1 }] } },
    ['trigger.conditions.0.field'],
  ],
  [
    'a stock that there is not',
    { price: {}, trigger: { conditions: [{ field: 'stock', is: '=', value: 'available' }] } },
    ['trigger.conditions.0.value'],
  ],
  [
    'a number against a word',
    { fields: FIELDS, trigger: { conditions: [{ field: 'height', is: '>', value: 'tall' }] } },
    ['trigger.conditions.0.value'],
  ],
  ['a threshold of nothing', { trigger: { threshold: {} } }, ['trigger.threshold']],
  ['flapping that never ends', { trigger: { flap: { start: 10, stop: 50 } } }, ['trigger.flap.stop']],
  ['wanted and unwanted', { trigger: { contains: ['a', 'b'], notContains: 'b' } }, ['trigger.notContains']],
  ['new text that was removed', { trigger: { only: ['removed'], onlyNewText: true } }, ['trigger.onlyNewText']],
  ['an attribute of nothing', { fields: { a: { jsonPath: '$.a', attribute: 'href' } } }, ['fields.a.attribute']],
])('finds %s', (_, rules, paths) => {
  expect(pathsOf(rules)).toEqual(paths)
})

it('knows what is remembered of pages and not of sites', () => {
  const trigger = { knownStates: false, onlyNewText: true, flap: { start: 50, stop: 20 } }
  expect(pathsOf({ trigger })).toEqual([])
  expect(pathsOf({ trigger }, 'site')).toEqual(['trigger.flap', 'trigger.knownStates', 'trigger.onlyNewText'])
})
