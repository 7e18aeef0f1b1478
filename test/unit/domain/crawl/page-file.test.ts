import { describe, expect, it } from 'vitest'
import { pageFile } from '../../../../src/domain/crawl/page-file.ts'

const page = (url: string, title: string | null = 'A page') => ({
  url,
  title,
  fetchedAt: '2026-11-24T12:00:00.000Z',
  status: 200,
})
const nameOf = (url: string, taken = new Set<string>()) => pageFile(page(url), '', taken).name

describe('names of page files', () => {
  it.each([
    ['https://example.com/', 'index.md'],
    ['https://example.com/docs/intro.html', 'docs-intro.html.md'],
    ['https://example.com/search?q=a&b=c', 'search-q-a-b-c.md'],
    ['https://example.com/%E6%97%A5%E6%9C%AC', '日本.md'],
    ['https://example.com/%E0%A4', 'E0-A4.md'],
    ['https://example.com/../../etc/passwd', 'etc-passwd.md'],
  ])('%s is %s', (url, name) => {
    expect(nameOf(url)).toBe(name)
  })

  it('are unique also where file systems ignore case', () => {
    const taken = new Set<string>()
    expect([nameOf('https://example.com/A', taken), nameOf('https://example.com/a', taken)]).toEqual(['A.md', 'a~2.md'])
  })

  it('stay short', () => {
    expect(nameOf(`https://example.com/${'x'.repeat(1_000)}`).length).toBeLessThan(130)
  })
})

it('quotes the front matter, so that a title can not end it', () => {
  const { text } = pageFile(page('https://example.com/', 'say "---"\n---'), 'Body', new Set())
  expect(text).toContain('title: "say \\"---\\"\\n---"')
  expect(text.endsWith('\nBody\n')).toBe(true)
})
