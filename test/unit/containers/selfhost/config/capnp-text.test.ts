import { describe, expect, it } from 'vitest'
import { capnpText, verbatim } from '../../../../../containers/selfhost/config/capnp-text.ts'

describe("Cap'n Proto's text format", () => {
  it.each([
    ['text', 'plain', '"plain"'],
    ['quotes and backslashes', 'a"b\\c', '"a\\"b\\\\c"'],
    ['line ends and controls, as bytes', 'a\nb\0', '"a\\x0ab\\x00"'],
    ['other than ASCII, as bytes of UTF-8', 'é', '"\\xc3\\xa9"'],
    ['numbers and truth values', [1, true], '[1, true]'],
    ['structs, without fields that are not set', { a: 'x', b: undefined, c: {} }, '(a = "x", c = ())'],
    ['what is written already', verbatim('embed "x"'), 'embed "x"'],
  ])('writes %s', (_, value, written) => expect(capnpText(value)).toBe(written))

  it('lets no text end its literal early', () => {
    expect(capnpText('", evil = "')).toBe('"\\", evil = \\""')
  })
})
