import { describe, expect, it } from 'vitest'
import { ScrapeOptions } from '../../../../src/contracts/api/scrape.ts'
import { acceptLanguage, userAgentOf, visitorHeaders, windowOf } from '../../../../src/domain/render/visitor.ts'
import { browserNeed, browserWishes } from '../../../../src/domain/render/browser-wishes.ts'

describe('a visitor', () => {
  it('with a telephone keeps our name, and has a small window', () => {
    expect(userAgentOf('LapisSpider/1.0 (+https://example.com/bot)', { mobile: true })).toBe(
      'LapisSpider/1.0 (+https://example.com/bot) Mobile',
    )
    expect(userAgentOf('LapisSpider/1.0', {})).toBe('LapisSpider/1.0')
    expect(windowOf({ mobile: true }).width).toBeLessThan(windowOf({}).width)
  })

  it.each([
    ['de', 'de,*;q=0.5'],
    ['de-AT', 'de-AT,de;q=0.9,*;q=0.5'],
    ['zh-Hant-TW', 'zh-Hant-TW,zh;q=0.9,*;q=0.5'],
  ])('of %s asks for %s', (locale, header) => {
    expect(acceptLanguage(locale)).toBe(header)
  })

  it('sends nothing that the caller has given otherwise', () => {
    const visitor = { mobile: true, locale: 'de' }
    expect(visitorHeaders(visitor, {})).toEqual({ 'accept-language': 'de,*;q=0.5', 'sec-ch-ua-mobile': '?1' })
    expect(visitorHeaders(visitor, { 'Accept-Language': 'fr' })).toEqual({ 'sec-ch-ua-mobile': '?1' })
    expect(visitorHeaders({}, {})).toEqual({})
  })
})

describe('the wishes of a browser', () => {
  it('are told apart from other options, and those that were not made are left out', () => {
    const options = ScrapeOptions.parse({ locale: 'de', loadMore: {} })
    expect(browserWishes(options)).toEqual({ locale: 'de', loadMore: { times: 10 } })
  })

  it.each([
    [{ mobile: true, locale: 'de', timezone: 'UTC', cookieBanners: 'reject' as const, waitFor: 5 }, undefined],
    [{ loadMore: { times: 1 } }, '`loadMore`'],
    [{ actions: [{ type: 'press' as const, key: 'a' }], loadMore: { times: 1 } }, '`actions`'],
  ])('need a browser or not: %j', (wishes, need) => {
    expect(browserNeed(wishes)).toBe(need)
  })

  it.each([
    ['a locale that is none', { locale: 'not a locale' }],
    ['a timezone that is none', { timezone: 'Europe/Atlantis' }],
    ['an offset for a timezone', { timezone: '+05:30' }],
    ['an unknown answer to banners', { cookieBanners: 'maybe' }],
    ['more and more', { loadMore: { times: 51 } }],
  ])('are refused: %s', (_, options) => {
    expect(ScrapeOptions.safeParse(options).success).toBe(false)
  })
})
