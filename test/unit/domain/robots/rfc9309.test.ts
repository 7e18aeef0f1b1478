import { describe, expect, it } from 'vitest'
import {
  MAX_CRAWL_DELAY_MS,
  ROBOTS_MAX_BYTES,
  parseRobots,
  robotsFor,
  standing,
} from '../../../../src/domain/robots/robots.ts'
import { allows } from './allows.ts'

const URL_X = 'https://example.com/x'

describe('robotsFor', () => {
  it('reads a body', () => {
    const robots = robotsFor({ kind: 'body', text: 'User-agent: *\nDisallow: /x' })
    expect(standing(robots, 'LapisSpider', URL_X)).toEqual({ allowed: false, rule: 'Disallow: /x (line 2)' })
  })

  it('allows everything where there is no robots.txt (RFC 9309 §2.3.1.3)', () => {
    expect(standing(robotsFor({ kind: 'absent', status: 404 }), 'LapisSpider', URL_X)).toEqual({ allowed: true })
  })

  it('forbids everything where it can not be had (RFC 9309 §2.3.1.4)', () => {
    const robots = robotsFor({ kind: 'unreachable', status: 503 })
    expect(standing(robots, 'LapisSpider', URL_X)).toEqual({ allowed: false, rule: 'robots.txt could not be had' })
    expect(standing(robots, 'LapisSpider', 'https://example.com/robots.txt').allowed).toBe(true)
  })

  it('is plain JSON', () => {
    const robots = parseRobots('User-agent: a\nCrawl-delay: 2\nDisallow: /x\nSitemap: https://example.com/s.xml')
    expect(JSON.parse(JSON.stringify(robots))).toEqual(robots)
  })
})

describe('standing', () => {
  it('stays below 2 MB as JSON for any file within the limit: it is stored as one value', () => {
    const worst = [
      Array.from({ length: 60_000 }, (_, n) => `Allow:/${n.toString(36)}`).join('\n'),
      Array.from({ length: 30_000 }, (_, n) => `User-agent:a\nAllow:/${n.toString(36)}`).join('\n'),
      Array.from({ length: 30_000 }, () => 'User-agent:a\nCrawl-delay:1').join('\n'),
      `Allow:/${'米'.repeat(170_000)}`,
      `Sitemap:${'\u0001'.repeat(512_000)}`,
    ]
    const sizes = worst.map((text) => JSON.stringify(parseRobots(`User-agent:a\n${text}\n`)).length)
    expect(Math.max(...sizes)).toBeLessThan(2_000_000)
  })

  it('always allows /robots.txt itself (RFC 9309 §2.2.2)', () => {
    expect(allows('User-agent: *\nDisallow: /', 'LapisSpider', '/robots.txt')).toBe(true)
    expect(allows('User-agent: *\nDisallow: /', 'LapisSpider', '/robots.txt/x')).toBe(false)
  })

  it('names the rule that decided, as it was written, and its line', () => {
    const robots = parseRobots('# x\r\nUser-agent: *\r\n\r\nDisallow: /\r\nAllow: /é*z$ # why')
    expect(standing(robots, 'LapisSpider', 'https://example.com/%c3%a9z').rule).toBe('Allow: /é*z$ (line 5)')
    expect(standing(robots, 'LapisSpider', URL_X).rule).toBe('Disallow: / (line 4)')
  })

  it('matches the product token without its version, in any case (RFC 9309 §2.2.1)', () => {
    const text = 'User-agent: *\nDisallow: /\n\nUser-agent: LAPISSPIDER/2.0 (x)\nDisallow: /y'
    expect(allows(text, 'LapisSpider', '/x')).toBe(true)
    expect(allows(text, 'LapisSpider/0.1', '/x')).toBe(true)
    expect(allows(text, 'Lapis', '/x')).toBe(false)
  })

  it('merges all groups of a product, and those for everybody likewise (RFC 9309 §2.2.1)', () => {
    const text = [
      'User-agent: a',
      'Disallow: /1',
      'User-agent: *',
      'Disallow: /3',
      'User-agent: A',
      'Disallow: /2',
      'User-agent: *',
      'Disallow: /4',
    ]
    expect(['/1', '/2', '/3', '/4'].map((path) => allows(text, 'a', path))).toEqual([false, false, true, true])
    expect(['/1', '/2', '/3', '/4'].map((path) => allows(text, 'b', path))).toEqual([true, true, false, false])
  })

  it('is not ended by records that the standard does not know (RFC 9309 §2.2.4)', () => {
    const text = [
      'User-agent: a',
      'Sitemap: https://example.com/s.xml',
      'Crawl-delay: 1',
      'X: y',
      'User-agent: b',
      'Disallow: /',
    ]
    expect(allows(text, 'a', '/x')).toBe(false)
    expect(allows(text, 'b', '/x')).toBe(false)
  })

  // RFC 9309 §2.2.2, the table of paths and their encoded forms.
  it.each([
    ['/foo/bar?baz=quz', '/foo/bar?baz=quz'],
    ['/foo/bar?baz=https://foo.bar', '/foo/bar?baz=https://foo.bar'],
    ['/foo/bar?baz=https%3A%2F%2Ffoo.bar', '/foo/bar?baz=https%3a%2f%2ffoo.bar'],
    ['/foo/bar/\u{7C73}', '/foo/bar/%E7%B1%B3'],
    ['/foo/bar/%E7%B1%B3', '/foo/bar/%E7%B1%B3'],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz'],
    ['/foo/bar/baz', '/foo/bar/%62%61%7A'],
  ])('%s matches %s', (pattern, path) => {
    expect(allows(`User-agent: *\nDisallow: ${pattern}`, 'a', path)).toBe(false)
  })

  it.each([
    ['/a%2Fb', '/a/b'],
    ['/a/b', '/a%2Fb'],
    ['/foo/bar?baz=https%3A%2F%2Ffoo.bar', '/foo/bar?baz=https://foo.bar'],
  ])('%s does not match %s: reserved characters and their escapes differ', (pattern, path) => {
    expect(allows(`User-agent: *\nDisallow: ${pattern}`, 'a', path)).toBe(true)
  })

  // RFC 9309 §2.2.3.
  it.each([
    ['/path/file-with-a-%2A.html', '/path/file-with-a-*.html', false],
    ['/path/file-with-a-%2A.html', '/path/file-with-a-x.html', true],
    ['/path/foo-%24', '/path/foo-$', false],
    ['/path/foo-%24', '/path/foo-', true],
    ["/it's", '/it%27s', false],
    ['/?q=a b', '/?q=a%20b', false],
  ])('Disallow: %s on %s: allowed %s', (pattern, path, allowed) => {
    expect(allows(`User-agent: *\nDisallow: ${pattern}`, 'a', path)).toBe(allowed)
  })

  // RFC 9309 §5.1 and §5.2.
  it('answers the examples of RFC 9309 §5', () => {
    const simple = [
      ...['User-Agent: *', 'Disallow: *.gif$', 'Disallow: /example/', 'Allow: /publications/', ''],
      ...['User-Agent: foobot', 'Disallow:/', 'Allow:/example/page.html', 'Allow:/example/allowed.gif', ''],
      ...['User-Agent: barbot', 'User-Agent: bazbot', 'Disallow: /example/page.html', '', 'User-Agent: quxbot'],
    ]
    expect(allows(simple, 'other', '/pictures/a.gif')).toBe(false)
    expect(allows(simple, 'other', '/pictures/a.gif?b')).toBe(true)
    expect(allows(simple, 'foobot', '/x')).toBe(false)
    expect(allows(simple, 'foobot', '/example/allowed.gif')).toBe(true)
    expect(allows(simple, 'bazbot', '/example/page.html')).toBe(false)
    expect(allows(simple, 'bazbot', '/example/')).toBe(true)
    expect(allows(simple, 'quxbot', '/example/')).toBe(true)
    const longest = ['User-Agent: foobot', 'Allow: /example/page/', 'Disallow: /example/page/disallowed.gif']
    expect(allows(longest, 'foobot', '/example/page/disallowed.gif')).toBe(false)
  })
})

describe('wishes', () => {
  const delay = (text: string, agent = 'a') => standing(parseRobots(text), agent, URL_X)

  it.each([
    ['Crawl-delay: 5', 5_000],
    ['crawl-delay:0.5', 500],
    ['Crawl-delay: 0', 0],
    ['Crawl-delay: 10s', 10_000],
    ['Request-rate: 1/10', 10_000],
    ['Request-rate: 1/10s 1820-1940', 10_000],
    ['Request-rate: 100/15m', 9_000],
    ['Request-rate: 400/1h', 9_000],
    ['Request-rate: 9000/1d', 9_600],
    ['Crawl-delay: 2\nRequest-rate: 1/3s', 3_000],
    ['Crawl-delay: -1', undefined],
    ['Crawl-delay: soon', undefined],
    ['Crawl-delay:', undefined],
    ['Request-rate: 0/10s', undefined],
  ])('%j asks for %s ms', (line, expected) => {
    expect(delay(`User-agent: *\n${line}`).crawlDelayMs).toBe(expected)
  })

  it('honours a delay up to the cap, and tells what was wished', () => {
    const { crawlDelayMs, wishedCrawlDelayMs } = delay('User-agent: *\nCrawl-delay: 3600')
    expect(crawlDelayMs).toBe(MAX_CRAWL_DELAY_MS)
    expect(wishedCrawlDelayMs).toBe(3_600_000)
  })

  it('takes a delay for the agents named right before it, also where the rules of several are shared', () => {
    const text = 'User-agent: slow\nCrawl-delay: 20\n\nUser-agent: *\nDisallow: /x'
    expect(delay(text, 'slow')).toEqual({ allowed: false, rule: 'Disallow: /x (line 5)', crawlDelayMs: 20_000 })
    expect(delay(text, 'other')).toEqual({ allowed: false, rule: 'Disallow: /x (line 5)' })
  })

  it("takes no delay from everybody's group for a crawler with one of its own", () => {
    expect(delay('User-agent: *\nCrawl-delay: 20\n\nUser-agent: a\nDisallow: /y').crawlDelayMs).toBeUndefined()
  })

  it('keeps Content-Signal lines as they are, for the agent that they hold for', () => {
    const text = 'User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n\nUser-agent: b\nDisallow:'
    expect(delay(text).contentSignals).toEqual(['search=yes, ai-train=no'])
    expect(delay(text, 'b').contentSignals).toBeUndefined()
  })

  it('gathers sitemaps from anywhere in the file', () => {
    const text =
      'Sitemap: https://example.com/1.xml\nUser-agent: *\nsite-map:https://example.com/2.xml # x\nDisallow: /'
    expect(parseRobots(text).sitemaps).toEqual(['https://example.com/1.xml', 'https://example.com/2.xml'])
  })
})

describe('the limit of 500 KiB (RFC 9309 §2.5)', () => {
  const head = 'User-agent: *\nDisallow: /x\n'

  it('reads what lies within and nothing beyond', () => {
    const within = `${head}${'#'.repeat(ROBOTS_MAX_BYTES - 100)}\nDisallow: /within\n`
    expect(allows(within, 'a', '/within')).toBe(false)
    expect(allows(`${head}${'#'.repeat(ROBOTS_MAX_BYTES)}\nDisallow: /beyond\n`, 'a', '/beyond')).toBe(true)
  })

  it('counts bytes, not characters', () => {
    const text = `${head}#${'é'.repeat(ROBOTS_MAX_BYTES / 2)}\nDisallow: /beyond\n`
    expect(text.length).toBeLessThan(ROBOTS_MAX_BYTES)
    expect(allows(text, 'a', '/beyond')).toBe(true)
  })

  it('drops a last line that was cut, which could forbid more than was meant', () => {
    const full = `${head}${'#'.repeat(ROBOTS_MAX_BYTES - head.length - 12)}\nDisallow: /private\n`
    const cut = full.slice(0, ROBOTS_MAX_BYTES)
    expect(cut.endsWith('\nDisallow: /')).toBe(true)
    expect(allows(cut, 'a', '/public')).toBe(true)
    expect(allows(cut, 'a', '/x')).toBe(false)
  })
})
