import { expect, it } from 'vitest'
import { ruleFaults } from '../../../../src/domain/monitor/rule-faults.ts'
import { pairs } from '../../../fixtures/changes/pairs.ts'

it('names every rule that can not be used, by its path', () => {
  const found = ruleFaults({
    select: { include: ['p', 'p['], jsonPath: 'items', xpath: ['//p', 'document("/etc/passwd")'] },
    ignore: ['/(/', 'fine'],
    trigger: { contains: '/(?=x)/', conditions: [{ any: [{ not: { contains: '/[/' } }] }] },
    fields: { price: { selector: ':nonsense(' } },
  })
  expect(found.map(({ path }) => path).sort()).toEqual([
    'fields.price.selector',
    'ignore.0',
    'select.include.1',
    'select.jsonPath',
    'select.xpath.1',
    'trigger.conditions.0.any.0.not.contains',
    'trigger.contains',
  ])
})

it('finds nothing wrong with rules that can be used', () => {
  expect(ruleFaults({ select: { include: ['main > p:nth-child(2)'], xpath: '//li[1]' }, ignore: ['/a+/i'] })).toEqual(
    [],
  )
})

it('the corpus has both verdicts in both halves, and the same pairs at every run', () => {
  const all = pairs()
  for (const half of ['development', 'evaluation']) {
    for (const expected of ['changed', 'unchanged']) {
      expect(all.filter((pair) => pair.half === half && pair.expected === expected).length).toBeGreaterThan(50)
    }
  }
  expect(pairs()).toEqual(all)
})
