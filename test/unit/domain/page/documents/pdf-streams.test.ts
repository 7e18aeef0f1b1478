import { strToU8, zlibSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { unpacksTooFar } from '../../../../../src/domain/page/documents/pdf/pdf-streams.ts'
import { fromAscii85, lzwLength } from '../../../../../src/domain/page/documents/pdf/unpacked-length.ts'
import { fixture } from './fixture.ts'

const ZEROS = zlibSync(new Uint8Array(40_000_000), { level: 9 })

/** The LZW codes that grow fastest: each the string before it and one letter more, until the table is full. */
function lzwBomb(rounds: number): Uint8Array {
  let bits = ''
  for (let round = 0; round < rounds; round++) {
    bits += (256).toString(2).padStart(round === 0 ? 9 : 12, '0') + '0'.repeat(9)
    for (let next = 258; next < 4_095; next++) {
      const width = next + 1 < 512 ? 9 : next + 1 < 1_024 ? 10 : next + 1 < 2_048 ? 11 : 12
      bits += next.toString(2).padStart(width, '0')
    }
  }
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2))
}

function ascii85(bytes: Uint8Array): Uint8Array {
  let text = ''
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    let value = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0)
    let group = ''
    for (let digit = 0; digit < 5; digit++, value = Math.floor(value / 85))
      group = String.fromCharCode(33 + (value % 85)) + group
    text += group
  }
  return strToU8(`${text}~>`)
}

function stream(dictionary: string, packed: Uint8Array): Uint8Array {
  const head = strToU8(`%PDF-1.4\n4 0 obj\n<< ${dictionary} >>\nstream\r\n`)
  return new Uint8Array(Buffer.concat([head, packed, strToU8('\nendstream\nendobj\n')]))
}

describe('unpacksTooFar', () => {
  it.each<[string, string, Uint8Array]>([
    ['Flate', '/Filter /FlateDecode', ZEROS],
    ['Flate, its name in another object', '/Filter 9 0 R', ZEROS],
    ['Flate in base 85', '/Filter [/ASCII85Decode /FlateDecode]', ascii85(ZEROS)],
    ['LZW', '/Filter /LZWDecode', lzwBomb(6)],
    ['Flate in Flate, however small', '/Filter [/FlateDecode /Fl#61teDecode]', zlibSync(ZEROS)],
  ])('%s', (_name, dictionary, packed) => {
    expect(packed.length).toBeLessThan(60_000)
    expect(unpacksTooFar(stream(dictionary, packed))).toBe(true)
  })

  it.each(['chapters.pdf', 'links.pdf', 'pages.pdf', 'picture.pdf'])('not %s', (name) => {
    expect(unpacksTooFar(fixture(name))).toBe(false)
  })
})

it('counts what LZW unpacks to, as the standard has it in its example (ISO 32000-1 §7.4.4.2)', () => {
  // 45 45 45 45 45 65 45 45 45 66
  expect(lzwLength(Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01), 100)).toBe(10)
})

it('reads base 85', () => {
  expect(fromAscii85(ascii85(Uint8Array.of(0, 1, 2, 253, 254, 255, 7, 8)))).toEqual(
    Uint8Array.of(0, 1, 2, 253, 254, 255, 7, 8),
  )
})
