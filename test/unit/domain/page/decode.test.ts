import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../../../src/domain/page/decode.ts'

const bytes = (...values: (number | string)[]) =>
  Uint8Array.from(
    values.flatMap((value) => (typeof value === 'number' ? [value] : Array.from(value, (c) => c.charCodeAt(0)))),
  )

describe('decoding, in the order of the HTML standard (§13.2.3.2)', () => {
  it.each([
    ['UTF-8 mark over any header', bytes(0xef, 0xbb, 0xbf, 'a'), 'text/html; charset=windows-1251', 'a', 'utf-8'],
    ['UTF-16LE mark', bytes(0xff, 0xfe, 0x61, 0), undefined, 'a', 'utf-16le'],
    ['UTF-16BE mark', bytes(0xfe, 0xff, 0, 0x61), undefined, 'a', 'utf-16be'],
    ['header', bytes(0xe9), 'text/html; charset=ISO-8859-1', 'é', 'windows-1252'],
    ['quoted header label', bytes(0xcf), 'text/html;charset="windows-1251"', 'П', 'windows-1251'],
    [
      'header over meta',
      bytes('<meta charset=windows-1251>', 0xe9),
      'text/html; charset=latin1',
      '<meta charset=windows-1251>é',
      'windows-1252',
    ],
    ['meta charset', bytes('<meta charset=koi8-r>', 0xf0), undefined, '<meta charset=koi8-r>П', 'koi8-r'],
    [
      'meta pragma',
      bytes('<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">', 0x83, 0x65),
      undefined,
      '<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">テ',
      'shift_jis',
    ],
    [
      'no meta in a comment',
      bytes('<!--<meta charset=koi8-r>-->', 0xe9),
      undefined,
      '<!--<meta charset=koi8-r>-->é',
      'windows-1252',
    ],
    [
      'XML declaration',
      bytes('<?xml version="1.0" encoding="iso-8859-2"?>', 0xb1),
      undefined,
      '<?xml version="1.0" encoding="iso-8859-2"?>ą',
      'iso-8859-2',
    ],
    ['UTF-8 by its bytes', bytes(0xc3, 0xa9), undefined, 'é', 'utf-8'],
    ['windows-1252 by default', bytes(0x93, 'x', 0x94), undefined, '“x”', 'windows-1252'],
    ['UTF-16 without a mark, by its zeros', bytes('<', 0, 'p', 0, '>', 0, 'x', 0), undefined, '<p>x', 'utf-16le'],
    ['a label nobody knows', bytes(0xc3, 0xa9), 'text/html; charset=nonsense', 'é', 'utf-8'],
    [
      'meta utf-16 means UTF-8',
      bytes('<meta charset=utf-16>', 0xc3, 0xa9),
      undefined,
      '<meta charset=utf-16>é',
      'utf-8',
    ],
  ])('%s', (_name, body, contentType, text, charset) => {
    expect(decodeBody(body, contentType)).toMatchObject({ text, charset })
  })

  it('does not believe a label that the bytes contradict, and says so', () => {
    expect(decodeBody(bytes('x', 0xc3, 0xa9), 'text/html; charset=iso-8859-1')).toEqual({
      text: 'xé',
      charset: 'utf-8',
      mislabelled: 'windows-1252',
    })
    expect(decodeBody(bytes('caf', 0xe9, ' d', 0xe9, 'j', 0xe0), 'text/html; charset=utf-8')).toEqual({
      text: 'café déjà',
      charset: 'windows-1252',
      mislabelled: 'utf-8',
    })
  })

  it('stays with UTF-8 when a few of its bytes are broken', () => {
    expect(decodeBody(bytes(0xc3, 0xa9, 0xc3, 0xa9, 0xff), 'text/html; charset=utf-8')).toEqual({
      text: 'éé\ufffd',
      charset: 'utf-8',
    })
  })

  it('gives text that any database takes: no NUL, no lone surrogate', () => {
    const { text } = decodeBody(bytes('a', 0, 'b', 0xed, 0xa0, 0x80), 'text/html; charset=utf-8')
    expect(text.isWellFormed()).toBe(true)
    expect(text).not.toContain('\0')
    expect(decodeBody(bytes(0xff, 0xfe, 0x00, 0xd8), undefined).text.isWellFormed()).toBe(true)
  })
})
