import { describe, expect, it } from 'vitest'
import { NOT_MODIFIED, failed } from '../../../../src/domain/monitor/reading/reading.ts'
import { MINUTE, Watched, answer } from './page.ts'

const page = (content: string) =>
  `<html><body><main><h1>Kettles</h1>${content}<p>Made by hand in the old dye works.</p></main></body></html>`

describe('what is not told', () => {
  it('1: the first check is a baseline', async () => {
    expect(await new Watched().tells(page('<p>One</p>'))).toEqual(['baseline'])
  })

  it('2: unchanged content clears an old error, and so does a 304', async () => {
    for (const clears of [() => answer(page('')), () => answer('', '', 304)]) {
      const watched = new Watched({ alertAfterFailures: 1 })
      expect(await watched.tells(page(''), answer('', '', 500), clears(), page(''))).toEqual([
        'baseline',
        'failing',
        'recovered',
        'unchanged',
      ])
    }
  })

  it('16: whitespace alone is silent', async () => {
    const told = await new Watched().tells(page('<p>One two</p>'), page('<p> One\n\t&nbsp;two\u200b </p>\n\n'))
    expect(told).toEqual(['baseline', 'unchanged'])
  })

  it('20 ★: A/B/A/B is told once', async () => {
    const [a, b] = [page('<p>Banner one</p>'), page('<p>Banner two</p>')]
    const told = await new Watched().tells(a, b, a, b, a, b)
    expect(told).toEqual(['baseline', 'changed', 'suppressed', 'suppressed', 'suppressed', 'suppressed'])
  })

  it.each([
    ['a rotating token', '<p>Request ID: 8f3e2a90cc</p>', '<p>Request ID: 17bb0d2e41</p>'],
    ['a relative time', '<p>Posted 2 days ago by Ada</p>', '<p>Posted 3 days ago by Ada</p>'],
    ['a counter', '<p>1,204 views</p>', '<p>1,377 views</p>'],
    ['a stamp', '<p>Generated at 10:04:11</p>', '<p>Generated at 11:04:12</p>'],
  ])('21 ★: %s is silent', async (_name, before, after) => {
    expect(await new Watched().tells(page(before), page(after))).toEqual(['baseline', 'unchanged'])
  })

  it('22 ★: a change that reverts on confirmation is silent; one that stays is told once', async () => {
    const watched = new Watched({ confirm: { rechecks: 1, afterMs: MINUTE } })
    await watched.sees(page('<p>One</p>'))
    const first = await watched.sees(page('<p>Two</p>'))
    expect(first).toMatchObject({ verdict: 'suppressed', reason: 'awaiting_confirmation', recheckAfterMs: MINUTE })
    expect(await watched.sees(page('<p>One</p>'))).toMatchObject({ alerts: [], reason: 'reverted_on_confirmation' })
    expect(await watched.tells(page('<p>Two</p>'), page('<p>Two</p>'), page('<p>Two</p>'))).toEqual([
      'suppressed',
      'changed',
      'unchanged',
    ])
  })

  it('24: 429, 403 or a challenge and then the same page is silent', async () => {
    const watched = new Watched()
    const challenge = failed('challenge', 'challenge', 'Cloudflare')
    expect(await watched.tells(page(''), answer('', '', 429), answer('', '', 403))).toEqual([
      'baseline',
      'failed',
      'failed',
    ])
    expect(await watched.tells(page(''))).toEqual(['unchanged'])
    expect(watched.reads(challenge).alerts).toEqual([])
    expect(await watched.tells(page(''))).toEqual(['unchanged'])
  })

  it('25 ★: edited settings start anew without an alert', async () => {
    const watched = new Watched()
    await watched.tells(page('<p>One</p>'))
    watched.rules = { select: { include: ['main'] } }
    expect(await watched.tells(page('<p>Two</p>'), page('<p>Three</p>'))).toEqual(['baseline', 'changed'])
  })

  it('a 304 leaves everything as it was', async () => {
    const watched = new Watched()
    await watched.tells(page('<p>One</p>'))
    const before = watched.memory
    expect(watched.reads(NOT_MODIFIED)).toMatchObject({ verdict: 'not_modified', alerts: [] })
    expect(watched.memory).toEqual(before)
  })
})
