// The documented cases of Protego, Scrapy's robots.txt parser, that Google's do not have, expressed anew. Where ours differ
// on purpose, the last group says how and why. Not read at all: Host (preferred host) and Visit-time.
import { describe, expect, it } from 'vitest'
import { parseRobots, standing } from '../../../../src/domain/robots/robots.ts'
import { allows } from './allows.ts'

const all = (...rules: string[]): string[] => ['User-agent: * ', ...rules]

describe('rules', () => {
  it.each([
    [['Disallow: /disallowed ', 'Allow: /allowed ', 'Crawl-delay: 10'], '/allowed', true],
    [['Disallow: /disallowed ', 'Allow: /allowed ', 'Crawl-delay: 10'], '/disallowed', false],
    [['Disallow: /d '], '/abc/d', true],
    [['Disallow: /d '], '/disallowed', false],
    [['Disallow: /', 'Allow: /a%3cd.html'], '/a<d.html', true],
    [['Disallow: /', 'Allow: /a%3cd.html'], '/a%3cd.html', true],
    [['Disallow: /', 'Allow: /a%3c*'], '/a<d.html', true],
    [['Disallow: /', 'Allow: /a<d.html'], '/a<d.html', true],
    [['Disallow: /', 'Allow: /a<d.html'], '/a%3cd.html', true],
    [['Disallow: /', 'Allow: /a<*'], '/a%3cd.html', true],
    [['Disallow: /path;params?query'], 'http://userinfo@example.com:10/path;params?query#fragment', false],
    [['Disallow: /? '], '/?query', false],
    [['Disallow: /? '], '/', true],
    [['Disallow: /; '], '/;params', false],
    [['Disallow: /; '], '/', true],
    [['Disallow: /*s='], '/s/', true],
    [['Disallow: /*s='], '/?s=asd', false],
    [['allow: */p', 'disallow: /'], '/page', true],
    [['allow: /page', 'disallow: */*.htm'], '/page.htm', false],
    [['Disallow: //folder/*'], '/folder/page', true],
    [['Disallow: //folder/*'], '//folder', true],
    [['Disallow: //folder/*'], '//folder/page', false],
    [['Disallow: /'], 'http://example.com', false],
    [['disallow: http://ms-web00.walkerplus.com/'], '/', true],
    [['disallow: http://ms-web00.walkerplus.com/'], '/http://ms-web00.walkerplus.com/', false],
  ])('%j on %s: %s', (rules, path, allowed) => {
    expect(allows(all(...rules), 'a', path)).toBe(allowed)
  })

  it.each([
    [
      '/disallowed/*/end$',
      ['/disallowed/xyz/end', '/disallowed/abc/end'],
      ['/disallowed', '/disallowed/xyz/endinglater'],
    ],
    [
      '/protego*work',
      ['/protegoworks', '/protego_works', '/protego/works'],
      ['/rotego_does_work', '/protego_does_wor'],
    ],
    ['/foo*', ['/foo.html', '/food', '/foo/bar.html'], ['/fo.html']],
    [
      '/foo*/bar.html',
      ['/foo/bar.html', '/food/bar.html', '/foo/a/b/c/x/y/z/bar.html'],
      ['/fo.html', '/food/xyz.html'],
    ],
    ['*m', ['/foo.htm', '/foo.html', '/foom', '/moo', '/foo/bar.html'], ['/foo', '/foo/bar.txt']],
    ['*', ['/', '/foo'], []],
    ['/foo*/*bar.html', ['/foo/bar.html', '/food/rebar.html', '/foo/a/b/c/rebar.html'], ['/food/rebarf.html']],
    // A dollar that is not the last character stands for itself.
    ['/x$/abc', ['/x$/abcdef', '/x%24/abcdef'], ['/x', '/x/abc']],
    ['/y/abc$', ['/y/abc'], ['/y/abcdef']],
    ['/x*x$/abc', ['/xabcx$/abcdef', '/xabcx%24/abcdef'], ['/xx/abc']],
    ['/y*y/abc$', ['/yabcy/abc'], ['/yabcy/abcdef']],
    // Escaped, stars and dollars mean nothing but themselves.
    ['/x/abc%24', ['/x/abc$abc', '/x/abc$'], ['/x/abc']],
    ['/x%2Ax/abc', ['/x*x/abc', '/x*x/abcdef'], ['/xabcx/abc']],
    ['/wiki/K%C3%A4ytt%C3%A4j%C3%A4:', ['/wiki/K%C3%A4ytt%C3%A4j%C3%A4:', '/wiki/Käyttäjä:'], ['/wiki/']],
    ['/wiki/Keskustelu_käyttäjästä:', ['/wiki/Keskustelu_k%C3%A4ytt%C3%A4j%C3%A4st%C3%A4:'], ['/wiki/']],
  ])('Disallow: %s', (pattern, matching, others) => {
    expect(matching.filter((path) => allows(all(`Disallow: ${pattern}`), 'a', path))).toEqual([])
    expect(others.filter((path) => !allows(all(`Disallow: ${pattern}`), 'a', path))).toEqual([])
  })
})

describe('groups', () => {
  it.each([
    ['without an agent', ['Disallow: /x', 'Crawl-delay: 5.2', 'User-Agent: a', 'Disallow: /y'], '/x', true],
    ['shared', ['User-Agent: one', 'User-Agent: a', 'Disallow: /x', 'User-Agent: *', 'Disallow: /y'], '/x', false],
    [
      'shared, and not the other',
      ['User-Agent: one', 'User-Agent: a', 'Disallow: /x', 'User-Agent: *', 'Disallow: /y'],
      '/y',
      true,
    ],
    ['comments between', ['User-Agent: a # 2', '# 3', 'User-Agent: two', 'Disallow: /x'], '/x', false],
    [
      'unknown directive between',
      ['User-Agent: one', 'Disallow: /y', 'Harry: Potter', 'User-Agent: a', 'Disallow: /x'],
      '/x',
      false,
    ],
    [
      'malformed line between',
      ['User-Agent: one', 'Disallow: /y', 'Harry Potter', 'User-Agent: a', 'Disallow: /x'],
      '/y',
      true,
    ],
    ['empty disallow', ['User-Agent: a', 'Disallow:', '', 'User-agent: *', 'Disallow: /'], '/x', true],
    ['empty allow', ['User-Agent: a', 'Allow:'], '/x', true],
    ['empty group', ['User-Agent: harrybot', 'Disallow: /', 'User-Agent: a'], '/x', true],
    ['name with a space', ['user agent: a', 'disallow /x'], '/x', false],
  ])('%s', (_, lines, path, allowed) => {
    expect(allows(lines, 'a', path)).toBe(allowed)
  })

  const norobots = [
    ...['User-agent: unhipbot', 'Disallow: /', '', 'User-agent: webcrawler', 'User-agent: excite', 'Disallow:', ''],
    ...['User-agent: *', 'Disallow: /org/plans.html', 'Allow: /org/', 'Allow: /serv', 'Allow: /~mak', 'Disallow: /'],
  ]
  it.each([
    ['/', false],
    ['/index.html', false],
    ['/server.html', true],
    ['/services/fast.html', true],
    ['/services/slow.html', true],
    ['/orgo.gif', false],
    ['/org/about.html', true],
    ['/org/plans.html', false],
    ['/%7Ejim/jim.html', false],
    ['/%7Emak/mak.html', true],
  ])('the 1996 draft: %s', (path, forOthers) => {
    expect(['unhipbot', 'webcrawler', 'excite', 'OtherBot'].map((agent) => allows(norobots, agent, path))).toEqual([
      false,
      true,
      true,
      forOthers,
    ])
  })

  it.each([
    ['/tmp', '/tmp.html', true],
    ['/tmp/', '/tmp', false],
    ['/a%3Cd.html', '/a%3cd.html', true],
    ['/a%2fb.html', '/a%2fb.html', true],
    ['/a%2fb.html', '/a/b.html', false],
    ['/a/b.html', '/a%2fb.html', false],
    ['/%7ejoe/index.html', '/~joe/index.html', true],
    ['/~joe/index.html', '/%7Ejoe/index.html', true],
  ])('the 1996 draft: Allow: %s and %s', (pattern, path, allowed) => {
    expect(allows(all(`Allow: ${pattern}`, 'Disallow: /'), 'a', path)).toBe(allowed)
  })

  it('the 1994 text: rules are prefixes', () => {
    const lines = all('Disallow: /cyberworld/map/ # infinite', 'Disallow: /tmp/ # soon to go', 'Disallow: /foo.html')
    const paths = ['/', '/foo.html', '/foo.htm', '/foo.shtml', '/foo.htmlx', '/cyberworld/index.html', '/tmp/foo.html']
    expect(paths.filter((path) => !allows(lines, 'a', path))).toEqual(['/foo.html', '/foo.htmlx', '/tmp/foo.html'])
  })
})

describe('deviations', () => {
  it('ends no list of agents at a directive that it does not know, since RFC 9309 §2.2.4 forbids it', () => {
    const lines = ['User-agent: *', 'Invalid_directive: /gb.html', 'User-agent: ia_archiver', 'Disallow: /']
    expect(allows(lines, 'agent', '/foo')).toBe(false)
    expect(allows(lines, 'ia_archiver', '/foo')).toBe(false)
  })

  it('knows agents by RFC 9309 §2.2.1 alone: letters, underscores, hyphens, and no patterns', () => {
    const { groups } = parseRobots('User-agent: UnicödeBöt\nUser-agent: foo*bot\nUser-agent: 1bot\nDisallow: /')
    expect(groups.map(({ agents }) => agents)).toEqual([['unic', 'foo']])
  })

  it('takes a dollar at the end for the end alone, not for itself as well (RFC 9309 §2.2.3)', () => {
    expect(allows(all('disallow: /x/abc$'), 'a', '/x/abc$')).toBe(true)
  })

  it('needs the colon where more than two words stand', () => {
    expect(allows(['user agent harry potter', 'disallow /x'], 'harry', '/x')).toBe(true)
  })

  it('keeps a delay to its agents in each order of directives', () => {
    const robots = parseRobots('User-agent: a\nCrawl-delay: 10\nUser-agent: testbot\nCrawl-delay: 15')
    expect(['a', 'testbot'].map((agent) => standing(robots, agent, 'http://foo.bar/').crawlDelayMs)).toEqual([
      10_000, 15_000,
    ])
  })
})
