import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileStem, folded, hostFolder } from '../../../../src/cli/output/file-name.ts'
import { PageNames } from '../../../../src/cli/output/page-names.ts'

const HOST = 'https://example.com'

/** The final names of pages crawled in this order. */
function namesOf(urls: readonly string[]): Map<string, string> {
  const names = new PageNames()
  const files = new Map<string, string>()
  for (const url of urls) {
    const { file, renamed } = names.name(url)
    const earlier = renamed && [...files].find(([, name]) => name === renamed.from)?.[0]
    if (renamed && earlier !== undefined) files.set(earlier, renamed.to)
    files.set(url, file)
  }
  return files
}

describe('the name of a page', () => {
  it.each([
    ['/', 'index'],
    ['/docs/intro', 'docs--intro'],
    ['/docs/intro/', 'docs--intro'],
    ['/docs/intro.html', 'docs--intro'],
    ['/INDEX.HTM', 'INDEX'],
    ['/notes.txt', 'notes.txt'],
    ['/.html', 'html'],
    ['/list?page=2&sort=price', 'list-page-2-sort-price'],
    ['/?q=blue%20spider', 'q-blue-spider'],
    ['/wiki/Main_Page', 'wiki--Main_Page'],
    ['/%E6%97%A5%E6%9C%AC/%E8%9C%98%E8%9B%9B', '日本--蜘蛛'],
    ['/%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80', 'हिन्दी'],
    ['/caf%E9', 'caf-E9'],
    ['/a%2Fb', 'a-b'],
    ['/.git/config', 'git--config'],
    ['/a/../../etc/passwd', 'etc--passwd'],
    ['/%2e%2e%2fescape', 'escape'],
    ['/%00/x%0Ay', 'x-y'],
    ['/???', 'index'],
  ])('of %s reads %s', (path, stem) => {
    expect(fileStem(`${HOST}${path}`)).toBe(stem)
  })

  // Windows keeps these for devices, whatever the extension and the case.
  it.each(['con', 'PRN', 'aux', 'NUL', 'com1', 'LPT9', 'con.txt', 'COM%C2%B9'])('of /%s is not a device', (word) => {
    expect(fileStem(`${HOST}/${word}`)).toMatch(/^_/)
  })

  it('of /console is not taken for a device', () => {
    expect(fileStem(`${HOST}/console`)).toBe('console')
  })

  it('fits an encrypted file system (143 bytes), whole characters only', () => {
    const long = fileStem(`${HOST}/${encodeURIComponent('長い道'.repeat(100))}`)
    expect(Buffer.byteLength(`${long}.md`)).toBeLessThanOrEqual(143)
    expect(long).toMatch(/^[長い道]+~[0-9a-f]{10}$/)
  })

  it('tells long paths apart that differ at their ends only', () => {
    const path = 'segment/'.repeat(40)
    expect(fileStem(`${HOST}/${path}one`)).not.toBe(fileStem(`${HOST}/${path}two`))
  })
})

describe('names of a crawl', () => {
  it.each([
    ['case', ['/Readme', '/readme']],
    ['a slash or an extension at the end', ['/docs', '/docs/', '/docs.html']],
    ['the form of accents', ['/caf%C3%A9', '/cafe%CC%81']],
    ['full width and half width', ['/%EF%BC%A1', '/a']],
    ['a sharp s', ['/stra%C3%9Fe', '/STRASSE']],
    ['punctuation', ['/a?b=1', '/a-b=1', '/a/?b=1']],
    ['the host', ['https://www.example.com/a', 'https://example.com/a', 'https://example.org/a']],
  ])('that differ in %s only are all marked', (_, paths) => {
    const files = [...namesOf(paths.map((path) => new URL(path, HOST).href)).values()]
    expect(new Set(files.map(folded)).size).toBe(paths.length)
    for (const file of files) expect(file).toMatch(/~[0-9a-f]{10}\.md$/)
  })

  it('do not depend on the order in which pages come', () => {
    const urls = ['/docs', '/docs/', '/Docs', '/other', '/'].map((path) => `${HOST}${path}`)
    expect(namesOf(urls.toReversed())).toEqual(namesOf(urls))
  })

  it('are unique and safe for whatever URLs there are', () => {
    const paths = fc.uniqueArray(
      fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(paths, (urls) => {
        const files = [...namesOf(urls).values()]
        expect(new Set(files.map(folded)).size).toBe(urls.length)
        for (const file of files) {
          expect(file).toMatch(/^[^.\-/\\:*?"<>|\p{C}][^/\\:*?"<>|\p{C}]*\.md$/u)
          expect(Buffer.byteLength(file)).toBeLessThanOrEqual(143)
        }
      }),
      { numRuns: 60, seed: 7 },
    )
  })
})

describe('the folder of a host', () => {
  it.each([
    ['https://example.com/', 'example.com'],
    ['http://127.0.0.1:8080/', '127.0.0.1_8080'],
    ['http://[::1]:8080/', '_1_8080'],
    ['http://con/', '_con'],
  ])('%s is %s', (url, folder) => {
    expect(hostFolder(url)).toBe(folder)
  })
})
