import { describe, expect, it } from 'vitest'
import { pageText } from '../../../../src/cli/output/front-matter.ts'

const HEAD = { url: 'https://example.com/a', title: 'A', fetchedAt: '2026-11-24T12:00:00.000Z', status: 200 }

describe('a page as a file', () => {
  it('has its head as front matter and its Markdown below', () => {
    expect(pageText(HEAD, '# A\n\nText\n\n')).toBe(
      '---\nurl: "https://example.com/a"\ntitle: "A"\nfetchedAt: 2026-11-24T12:00:00.000Z\nstatus: 200\n---\n\n# A\n\nText\n',
    )
  })

  it('ends with its head when it has no text', () => {
    expect(pageText(HEAD, ' \n')).toMatch(/status: 200\n---\n$/)
  })

  // YAML 1.2.2 §7.3.1 (double-quoted style), §5.1 (printable characters), §5.4 (line breaks).
  it.each([
    ['a colon, a hash and a dash', '- Tea: #1', '"- Tea: #1"'],
    ['quotes and backslashes', 'C:\\ "x"', '"C:\\\\ \\"x\\""'],
    ['line breaks', 'a\nb\r\u2028c\u0085', '"a\\nb\\r\\u2028c\\u0085"'],
    ['control characters', '\u0000\u001b\u007f', '"\\u0000\\u001b\\u007f"'],
    ['the end of the front matter', '\n---\n', '"\\n---\\n"'],
    ['half a surrogate pair', 'x\ud800', '"x\ufffd"'],
    ['other scripts', 'अ 日 🕷', '"अ 日 🕷"'],
    ['nothing', '', '""'],
  ])('quotes a title with %s', (_, title, quoted) => {
    expect(pageText({ ...HEAD, title }, '').split('\n')[2]).toBe(`title: ${quoted}`)
  })

  it('takes a missing title for an empty one', () => {
    expect(pageText({ ...HEAD, title: null }, '')).toContain('\ntitle: ""\n')
  })
})
