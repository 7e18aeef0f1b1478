import { describe, expect, it } from 'vitest'
import { readTarget } from '../../../../../src/domain/monitor/reading/read-target.ts'
import { ruleFaults } from '../../../../../src/domain/monitor/rule-faults.ts'
import type { MonitorRules } from '../../../../../src/domain/monitor/rules.ts'
import { decide } from '../../../../../src/domain/monitor/verdict/decide.ts'
import type { Memory } from '../../../../../src/domain/monitor/verdict/memory.ts'
import { answer } from '../page.ts'

const read = async (body: unknown, rules: MonitorRules) => {
  const reading = await readTarget(answer(JSON.stringify(body), 'application/json'), rules)
  if (reading.fetch !== 'ok') throw new Error(reading.fetch)
  return reading
}

const offer = { name: 'Kettle', offers: [{ price: 1.234, text: '1.234,50 €', until: '24.11.2026', stock: null }] }

describe('values of a JSON body', () => {
  it.each([
    ['a number, whatever the locale', { jsonPath: '$.offers[0].price', as: 'price', locale: 'de' }, 1.234],
    ['a price in words', { jsonPath: '$..text', as: 'price', locale: 'de' }, 1234.5],
    ['a date', { jsonPath: '$.offers[*].until', as: 'date', locale: 'de' }, '2026-11-24'],
    ['text', { jsonPath: '$.name' }, 'Kettle'],
    ['an object', { jsonPath: '$.offers[0]["price"]' }, '1.234'],
    ['null', { jsonPath: '$.offers[0].stock' }, null],
    ['nothing there', { jsonPath: '$.nowhere' }, null],
    ['a selector, of which there is none in JSON', { selector: '.price', as: 'price' }, null],
  ] as const)('%s', async (_name, rule, value) => {
    const { fields } = await read(offer, { fields: { it: rule } })
    expect(fields['it']?.value).toBe(value)
  })

  it('a path finds nothing in a page', async () => {
    const reading = await readTarget(answer('<p>Kettle</p>'), { fields: { it: { jsonPath: '$.name' } } })
    expect(reading).toMatchObject({ fetch: 'ok', fields: { it: { value: null } } })
  })

  it('36 ★: the percentage of a price is measured from the last alerted one, in JSON, too', async () => {
    const rules: MonitorRules = { select: { jsonPath: '$.name' }, price: { jsonPath: '$.price', percent: 10 } }
    let memory: Memory | null = null
    const verdicts: string[] = []
    for (const [at, price] of [100, 95, '90,00 €', 89].entries()) {
      const decision = decide({ rules, memory, reading: await read({ name: 'Kettle', price }, rules), at })
      memory = decision.memory
      verdicts.push(decision.verdict)
    }
    expect(verdicts).toEqual(['baseline', 'unchanged', 'changed', 'unchanged'])
  })

  it('a path that can not be used is refused when it is saved', () => {
    const rules = { fields: { it: { jsonPath: '$.a[' } }, price: { jsonPath: 'a.b' } }
    expect(ruleFaults(rules).map(({ path }) => path)).toEqual(['fields.it.jsonPath', 'price.jsonPath'])
  })
})
