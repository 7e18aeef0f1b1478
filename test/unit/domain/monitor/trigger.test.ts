import { describe, expect, it } from 'vitest'
import { flapPercent } from '../../../../src/domain/monitor/verdict/flapping.ts'
import { failed } from '../../../../src/domain/monitor/reading/reading.ts'
import { HOUR, Watched, answer } from './page.ts'

const page = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('')

describe('what is told', () => {
  it('18: a text seen anywhere in history is not new, when asked', async () => {
    const watched = new Watched({ trigger: { onlyNewText: true } })
    expect(
      await watched.tells(page('a', 'b'), page('b'), page('b', 'a', 'x'), page('b', 'a'), page('b', 'x', 'a')),
    ).toEqual(['baseline', 'suppressed', 'changed', 'suppressed', 'suppressed'])
  })

  it('19: additions alone are not told twice for the same content', async () => {
    const watched = new Watched({ trigger: { only: ['added'] } })
    const told = await watched.tells(
      page('one two'),
      page('one two', 'new line'),
      page('one two'),
      page('one two', 'new line'),
    )
    expect(told).toEqual(['baseline', 'changed', 'suppressed', 'unchanged'])
  })

  it('is told in words that fit its number', async () => {
    const watched = new Watched({ confirm: { rechecks: 1, afterMs: HOUR } })
    await watched.sees(page('one two three four five'))
    const { reasons: once } = await watched.sees(page('one two three four five six'))
    expect(once[0]?.detail).toBe('Told once it is seen 1 more time.')
    const { reasons: told } = await watched.sees(page('one two three four five six'))
    expect(told[0]?.detail).toMatch(/^1 word added, 0 removed: /)
  })

  it('23: no alert has an empty difference', async () => {
    const watched = new Watched({ trigger: { contains: 'yes' } })
    for (const body of [page('no'), page('yes'), page('no'), page('yes'), page('no', 'x'), page('yes')]) {
      const { alerts, change } = await watched.sees(body)
      expect(alerts.length === 0 || (change?.blocks.length ?? 0) > 0).toBe(true)
    }
  })

  it('27 ★: every rising edge is told', async () => {
    const watched = new Watched({ trigger: { contains: 'In stock' } })
    const [off, on] = [page('Kettle', 'Out'), page('Kettle', 'In stock')]
    expect(await watched.tells(off, on, off, on, off, on)).toEqual([
      'baseline',
      'changed',
      'suppressed',
      'changed',
      'suppressed',
      'changed',
    ])
  })

  it('27 ★: every rising edge is told, also where each waits for confirmation', async () => {
    const watched = new Watched({ trigger: { contains: 'In stock' }, confirm: { rechecks: 1, afterMs: HOUR } })
    const [off, on] = [page('Kettle', 'Out'), page('Kettle', 'In stock')]
    expect(await watched.tells(off, on, on, off, on, on)).toEqual([
      'baseline',
      'suppressed',
      'changed',
      'suppressed',
      'suppressed',
      'changed',
    ])
  })

  it('28: blocked while a text is there, told when it goes', async () => {
    const watched = new Watched({ trigger: { notContains: 'Maintenance' } })
    const told = await watched.tells(page('A'), page('Maintenance', 'B'), page('Maintenance', 'C'), page('C'))
    expect(told).toEqual(['baseline', 'suppressed', 'suppressed', 'changed'])
  })

  it('29: conditions are joined by and, or and not', async () => {
    const watched = new Watched({
      trigger: {
        conditions: [{ contains: 'kettle' }, { any: [{ contains: '/red|blue/' }, { not: { notContains: 'sale' } }] }],
      },
    })
    expect(
      await watched.tells(page('x'), page('kettle'), page('kettle blue'), page('sale'), page('kettle sale')),
    ).toEqual(['baseline', 'suppressed', 'changed', 'suppressed', 'changed'])
  })

  it('30: a selector that finds nothing alerts on exactly the Nth time, and success resets', async () => {
    const watched = new Watched({ select: { include: ['.price'] }, alertAfterFailures: 3 })
    const there = '<p class=price>5</p>'
    expect(await watched.tells(there, page('x'), page('x'), there, page('x'), page('x'), page('x'), page('x'))).toEqual(
      ['baseline', 'failed', 'failed', 'unchanged', 'failed', 'failed', 'failing', 'failed'],
    )
  })

  it('31 ★: fetch errors: told after N, a reminder, one recovery', async () => {
    const watched = new Watched()
    await watched.sees(page('x'))
    const alerts = Array.from(
      { length: 60 },
      () => watched.reads(failed('error', 'timeout', 'No answer.'), HOUR).alerts,
    )
    expect(alerts.flatMap((kinds, index) => kinds.map((kind) => `${index + 1} ${kind}`))).toEqual([
      '3 failing',
      '27 reminder',
      '51 reminder',
    ])
    expect(await watched.tells(answer(page('x')), page('x'))).toEqual(['recovered', 'unchanged'])
  })

  it('small changes add up against what was last told', async () => {
    const words = Array.from({ length: 10 }, (_, index) => `word${index}`)
    const watched = new Watched({ trigger: { threshold: { changedWords: 3 } } })
    const versions = [0, 1, 2, 3].map((changed) =>
      page(words.map((word, at) => (at < changed ? `new${at}` : word)).join(' ')),
    )
    expect(await watched.tells(...versions)).toEqual(['baseline', 'suppressed', 'suppressed', 'changed'])
  })

  it('a watched field overrides thresholds', async () => {
    const watched = new Watched({
      fields: { date: { selector: '.d', as: 'date', locale: 'en-GB' } },
      trigger: { threshold: { changedRatio: 0.9 } },
    })
    const dated = (date: string, rest: string) => `<p class=d>${date}</p><p>${rest}</p>`
    expect(
      await watched.tells(
        dated('1/2/2026', 'a b c d e'),
        dated('1/2/2026', 'a b c d x'),
        dated('2/2/2026', 'a b c d e'),
      ),
    ).toEqual(['baseline', 'suppressed', 'changed'])
  })
})

describe('flapping', () => {
  it('weighs the newest step 1.25 and the oldest 0.75', () => {
    const steps = (...changed: number[]) => Array.from({ length: 20 }, (_, index) => changed.includes(index + 1))
    expect(flapPercent(Array.from({ length: 20 }, () => true))).toBeCloseTo(100)
    expect(flapPercent(steps(20))).toBeCloseTo(6.25)
    expect(flapPercent(steps(1))).toBeCloseTo(3.75)
    expect(flapPercent([true])).toBeCloseTo(6.25)
  })

  it('holds back what goes to and fro, and tells the outcome once it is quiet', async () => {
    const watched = new Watched({ trigger: { flap: { start: 20, stop: 5 }, knownStates: false } })
    const noisy = Array.from({ length: 10 }, (_, index) => page(`state ${index}`))
    const quiet = Array.from({ length: 25 }, () => page('state 9'))
    const told = await watched.tells(...noisy, ...quiet)
    expect(told.slice(0, 10).filter((each) => each === 'changed').length).toBeLessThan(5)
    expect(told.slice(10).filter((each) => each === 'changed')).toHaveLength(1)
  })
})
