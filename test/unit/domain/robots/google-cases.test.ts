// The cases of Google's robots.txt parser and of its documentation ("How Google interprets the robots.txt specification"),
// expressed anew. Where ours differ on purpose, the last group says how and why.
import { describe, expect, it } from 'vitest'
import { parseRobots } from '../../../../src/domain/robots/robots.ts'
import { allows } from './allows.ts'

const foo = (...rules: string[]): string[] => ['User-agent: FooBot', ...rules]

describe('lines and groups', () => {
  it.each([
    ['as it should be', ['user-agent: FooBot', 'disallow: /'], false],
    ['unknown names', ['foo: FooBot', 'bar: /'], true],
    ['no colon, two words', ['user-agent FooBot', 'disallow /'], false],
    ['upper case', ['USER-AGENT: FooBot', 'DISALLOW: /'], false],
    ['mixed case', ['uSeR-aGeNt: FooBot', 'dIsAlLoW: /'], false],
  ])('%s', (_, lines, allowed) => {
    expect(allows(lines, 'FooBot', '/x/y')).toBe(allowed)
  })

  const groups = [
    ...['allow: /foo/bar/', '', 'user-agent: FooBot', 'disallow: /', 'allow: /x/', 'user-agent: BarBot', 'disallow: /'],
    ...[
      'allow: /y/',
      '',
      '',
      'allow: /w/',
      'user-agent: BazBot',
      '',
      'user-agent: FooBot',
      'allow: /z/',
      'disallow: /',
    ],
  ]
  it.each([
    ['FooBot', '/x/b', true],
    ['FooBot', '/z/d', true],
    ['FooBot', '/y/c', false],
    ['BarBot', '/y/c', true],
    ['BarBot', '/w/a', true],
    ['BarBot', '/z/d', false],
    ['BazBot', '/z/d', true],
    // Rules outside groups hold for nobody.
    ['FooBot', '/foo/bar/', false],
    ['BarBot', '/foo/bar/', false],
    ['BazBot', '/foo/bar/', false],
  ])('%s on %s: %s', (agent, path, allowed) => {
    expect(allows(groups, agent, path)).toBe(allowed)
  })

  it.each([
    ['FOO BAR', 'Foo'],
    ['foo bar', 'Foo'],
    ['FoO bAr', 'foo'],
  ])('user-agent %j is the group of %s: case does not count, nor what follows a space', (written, agent) => {
    const lines = [`User-Agent: ${written}`, 'Allow: /x/', 'Disallow: /']
    expect(allows(lines, agent, '/x/y')).toBe(true)
    expect(allows(lines, agent, '/a/b')).toBe(false)
  })

  it("falls back on everybody's group, and on no rules without one", () => {
    const everybody = ['user-agent: *', 'allow: /', 'user-agent: FooBot', 'disallow: /']
    expect(allows('', 'FooBot', '/x/y')).toBe(true)
    expect(allows(everybody, 'FooBot', '/x/y')).toBe(false)
    expect(allows(everybody, 'BarBot', '/x/y')).toBe(true)
    expect(allows(['user-agent: FooBot', 'allow: /', 'user-agent: BarBot', 'disallow: /'], 'QuxBot', '/x/y')).toBe(true)
  })

  it.each([
    ['\n', '\n'],
    ['\r\n', '\r\n'],
    ['\r', '\r'],
    ['\r\n', '\n'],
  ])('counts lines that end in %j and %j', (one, other) => {
    const text = [
      'User-Agent: foo',
      one,
      'Allow: /some/path',
      other,
      'User-Agent: bar',
      one,
      other,
      one,
      'Disallow: /',
    ].join('')
    const { groups: read } = parseRobots(text)
    expect(read.map(({ allow, disallow }) => [...allow, ...disallow].map(([, line]) => line))).toEqual([[2], [6]])
  })

  it.each([
    ['whole', '\uFEFF'],
    ['whole, as Latin-1', 'ï»¿'],
    ['two bytes of it', '\uFFFD'],
    ['one byte of it, as Latin-1', 'ï'],
  ])('skips a byte order mark: %s', (_, mark) => {
    expect(allows(`${mark}User-Agent: foo\nDisallow: /`, 'foo', '/x')).toBe(false)
  })

  it('skips a first line that something else has spoiled', () => {
    expect(allows('\uFFFD\u0011\uFFFDUser-Agent: foo\nDisallow: /', 'foo', '/x')).toBe(true)
  })
})

describe('the longest match', () => {
  it.each([
    [['disallow: /x/page.html', 'allow: /x/'], '/x/page.html', false],
    [['allow: /x/page.html', 'disallow: /x/'], '/x/page.html', true],
    [['allow: /x/page.html', 'disallow: /x/'], '/x/', false],
    [['disallow: ', 'allow: '], '/x/page.html', true],
    [['disallow: /', 'allow: /'], '/x/page.html', true],
    [['disallow: /x', 'allow: /x/'], '/x', false],
    [['disallow: /x', 'allow: /x/'], '/x/', true],
    [['disallow: /x/page.html', 'allow: /x/page.html'], '/x/page.html', true],
    [['allow: /page', 'disallow: /*.html'], '/page.html', false],
    [['allow: /page', 'disallow: /*.html'], '/page', true],
    [['allow: /x/page.', 'disallow: /*.html'], '/x/page.html', true],
    [['allow: /x/page.', 'disallow: /*.html'], '/x/y.html', false],
    [['disallow: /x/'], '/x/y', false],
    [['disallow: /X/'], '/x/y', true],
    // "Order of precedence for rules" of the documentation.
    [['allow: /p', 'disallow: /'], '/page', true],
    [['allow: /folder', 'disallow: /folder'], '/folder/page', true],
    [['allow: /page', 'disallow: /*.htm'], '/page.htm', false],
    [['allow: /page', 'disallow: /*.ph'], '/page.php5', true],
    [['allow: /$', 'disallow: /'], '/', true],
    [['allow: /$', 'disallow: /'], '/page.html', false],
  ])('%j on %s: %s', (rules, path, allowed) => {
    expect(allows(foo(...rules), 'FooBot', path)).toBe(allowed)
  })

  it('lets the own group alone decide', () => {
    const lines = ['User-agent: *', 'Disallow: /x/', 'User-agent: FooBot', 'Disallow: /y/']
    expect(allows(lines, 'FooBot', '/x/page')).toBe(true)
    expect(allows(lines, 'FooBot', '/y/page')).toBe(false)
  })
})

describe('special characters and encoding', () => {
  it.each([
    [['Disallow: /foo/bar/quz', 'Allow: /foo/*/qux'], '/foo/bar/quz', false],
    [['Disallow: /foo/bar/quz', 'Allow: /foo/*/qux'], '/foo//quz', true],
    [['Disallow: /foo/bar$', 'Allow: /foo/bar/qux'], '/foo/bar', false],
    [['Disallow: /foo/bar$', 'Allow: /foo/bar/qux'], '/foo/bar/', true],
    [['Disallow: /foo/bar$', 'Allow: /foo/bar/qux'], '/foo/bar/baz', true],
    [['# Disallow: /', 'Disallow: /foo/quz#qux', 'Allow: /'], '/foo/bar', true],
    [['# Disallow: /', 'Disallow: /foo/quz#qux', 'Allow: /'], '/foo/quz', false],
    [
      ['Disallow: /', 'Allow: /foo/bar?qux=taz&baz=http://foo.bar?tar&par'],
      '/foo/bar?qux=taz&baz=http://foo.bar?tar&par',
      true,
    ],
    [['Disallow: /', 'Allow: /foo/bar/ツ'], '/foo/bar/%E3%83%84', true],
    [['Disallow: /', 'Allow: /foo/bar/%E3%83%84'], '/foo/bar/%E3%83%84', true],
    [['Disallow: /', 'Allow: /foo/bar/%62%61%7A'], '/foo/bar/%62%61%7A', true],
    [['Disallow: /%aa'], '/%AA', false],
  ])('%j on %s: %s', (rules, path, allowed) => {
    expect(allows(foo(...rules), 'FooBot', path)).toBe(allowed)
  })
})

describe('"URL matching based on path values" of the documentation', () => {
  const fish = [
    '/fish',
    '/fish.html',
    '/fish/salmon.html',
    '/fishheads',
    '/fishheads/yummy.html',
    '/fish.html?id=anything',
  ]
  const noFish = ['/bar', '/Fish.asp', '/catfish', '/?id=fish', '/desert/fish']
  it.each([
    ['/fish', fish, noFish],
    ['/fish*', fish, noFish],
    [
      '/fish/',
      ['/fish/', '/fish/salmon', '/fish/?salmon', '/fish/salmon.html', '/fish/?id=anything'],
      ['/bar', '/fish', '/fish.html', '/Fish/Salmon.asp', '/animals/fish/'],
    ],
    [
      '/*.php',
      [
        ...[
          '/index.php',
          '/filename.php',
          '/folder/filename.php',
          '/folder/filename.php?parameters',
          '/folder/any.php.file.html',
        ],
        ...['//folder/any.php.file.html', '/filename.php/', '/index?f=filename.php/'],
      ],
      ['/bar', '/php/', '/index?php', '/windows.PHP'],
    ],
    [
      '/*.php$',
      ['/filename.php', '/folder/filename.php'],
      [
        '/bar',
        '/filename.php?parameters',
        '/filename.php/',
        '/filename.php5',
        '/php/',
        '/filename?php',
        '/aaaphpaaa',
        '//windows.PHP',
      ],
    ],
    ['/fish*.php', ['/fish.php', '/fishheads/catfish.php?parameters'], ['/bar', '/Fish.PHP']],
  ])('%s', (pattern, matching, others) => {
    const lines = foo('disallow: /', `allow: ${pattern}`)
    expect(matching.filter((path) => !allows(lines, 'FooBot', path))).toEqual([])
    expect(others.filter((path) => allows(lines, 'FooBot', path))).toEqual([])
  })

  it('takes an allowed index.html for its folder', () => {
    const lines = ['User-Agent: *', 'Allow: /allowed-slash/index.html', 'Disallow: /']
    expect(allows(lines, 'foobot', '/allowed-slash/')).toBe(true)
    expect(allows(lines, 'foobot', '/allowed-slash/index.htm')).toBe(false)
    expect(allows(lines, 'foobot', '/allowed-slash/index.html')).toBe(true)
    expect(allows(lines, 'foobot', '/anyother-url')).toBe(false)
  })
})

describe('deviations', () => {
  it('encodes URLs itself, where Google leaves that to its caller: the same page gets the same answer', () => {
    expect(allows(foo('Disallow: /', 'Allow: /foo/bar/ツ'), 'FooBot', '/foo/bar/ツ')).toBe(true)
    expect(allows(foo('Disallow: /', 'Allow: /foo/bar/%E3%83%84'), 'FooBot', '/foo/bar/ツ')).toBe(true)
  })

  it('decodes unreserved characters in patterns, as the table in RFC 9309 §2.2.2 has it and Google does not', () => {
    expect(allows(foo('Disallow: /', 'Allow: /foo/bar/%62%61%7A'), 'FooBot', '/foo/bar/baz')).toBe(true)
  })

  it('reduces the token that it is asked about to its letters, too', () => {
    const lines = ['User-Agent: *', 'Disallow: /', 'User-Agent: Foo Bar', 'Allow: /x/', 'Disallow: /']
    expect(allows(lines, 'Foo', '/x/y')).toBe(true)
    expect(allows(lines, 'Foo Bar', '/x/y')).toBe(true)
  })

  it('reads a line behind a byte order mark in the middle of a file: files are joined from parts', () => {
    expect(allows('User-Agent: foo\n\uFEFFDisallow: /', 'foo', '/x')).toBe(false)
  })

  it('cuts no long lines: the file has a limit, and no URL that is fetched gets so long', () => {
    const long = `/x/${'a'.repeat(20_000)}`
    expect(allows(foo(`disallow: ${long}/qux`), 'FooBot', `${long}/fux`)).toBe(true)
    expect(allows(foo(`disallow: ${long}/qux`), 'FooBot', `${long}/qux`)).toBe(false)
  })
})
