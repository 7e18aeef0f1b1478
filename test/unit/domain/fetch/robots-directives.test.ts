import { describe, expect, it } from 'vitest'
import { robotsDirectives } from '../../../../src/domain/fetch/robots-directives.ts'

// Google's documentation of X-Robots-Tag: values for all, values behind an agent's name, directives that hold a colon.
describe('robotsDirectives', () => {
  it.each([
    [[], ''],
    [['noindex'], 'noindex'],
    [['NoFollow'], 'nofollow'],
    [['noindex, nofollow'], 'noindex nofollow'],
    [['none'], 'noindex nofollow'],
    [['all'], ''],
    [['index, follow'], ''],
    [['noindex', 'nofollow'], 'noindex nofollow'],
    [['noindexing, nofollows'], ''],
    [['lapisspider: nofollow'], 'nofollow'],
    [['LapisSpider : none'], 'noindex nofollow'],
    [['googlebot: noindex, nofollow'], ''],
    [['googlebot: noindex', 'nofollow'], 'nofollow'],
    [['*: noindex'], 'noindex'],
    // Several headers that something on the way has joined.
    [['noindex, googlebot: nofollow'], 'noindex'],
    [['googlebot: noindex, lapisspider: nofollow'], 'nofollow'],
    [['otherbot: noindex, nofollow, googlebot: none'], ''],
    [['unavailable_after: 25 Jun 2010 15:00:00 PST, noindex'], 'noindex'],
    [['max-snippet: 20, max-image-preview: large, nofollow'], 'nofollow'],
    [['googlebot: unavailable_after: 25 Jun 2010 15:00:00 PST, noindex'], ''],
  ])('%j', (values, expected) => {
    const { noindex, nofollow } = robotsDirectives(values, 'LapisSpider')
    expect([noindex ? 'noindex' : '', nofollow ? 'nofollow' : ''].filter(Boolean).join(' ')).toBe(expected)
  })
})
