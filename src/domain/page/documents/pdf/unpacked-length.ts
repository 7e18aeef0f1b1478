import { Inflate } from 'fflate'

/** Input is taken in steps, so that no step can unpack more than 8 MB before it is counted. */
const STEP_BYTES = 8_192

/** What zlib data unpacks to, counted no further than a little past `most`. */
export function inflatedLength(packed: Uint8Array, most: number): number {
  let length = 0
  const inflate = new Inflate((chunk) => {
    length += chunk.length
  })
  // Two bytes of head stand before the deflated data (RFC 1950 §2.2).
  const body = packed.subarray(2)
  try {
    for (let at = 0; at < body.length && length <= most; at += STEP_BYTES)
      inflate.push(body.subarray(at, at + STEP_BYTES))
  } catch {
    // What follows the damage is not unpacked by any reader.
  }
  return length
}

const CLEAR = 256
const END = 257
const FIRST_FREE = 258
const TABLE_END = 4_096

/** What LZW data unpacks to (ISO 32000-1 §7.4.4), counted no further than a little past `most`: only lengths are kept. */
export function lzwLength(packed: Uint8Array, most: number): number {
  const lengths = new Uint32Array(TABLE_END).fill(1, 0, CLEAR)
  let next = FIRST_FREE
  let before = 0
  let total = 0
  let bits = 0
  let held = 0
  for (const byte of packed) {
    held = ((held << 8) | byte) & 0xff_ffff
    bits += 8
    const width = codeWidth(next)
    if (bits < width) continue
    bits -= width
    const code = (held >> bits) & ((1 << width) - 1)
    if (code === END || total > most) break
    if (code === CLEAR) {
      next = FIRST_FREE
      before = 0
      continue
    }
    const length = code < next ? (lengths[code] ?? 0) : before + 1
    if (before > 0 && next < TABLE_END) lengths[next++] = before + 1
    before = length
    total += length
  }
  return total
}

/** A code grows one entry before the table needs it, which is the default (Table 8, EarlyChange). */
function codeWidth(next: number): number {
  if (next + 1 < 512) return 9
  if (next + 1 < 1_024) return 10
  return next + 1 < 2_048 ? 11 : 12
}

/** The bytes that base-85 text stands for (§7.4.3), as far as it goes: what is none of its letters is passed over. */
export function fromAscii85(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length * 4)
  let length = 0
  let value = 0
  let digits = 0
  for (const letter of text) {
    if (letter === 0x7e) break
    if (letter === 0x7a) length += 4
    if (letter < 0x21 || letter > 0x75) continue
    value = value * 85 + letter - 0x21
    digits++
    if (digits < 5) continue
    for (const shift of [24, 16, 8, 0]) bytes[length++] = (value / 2 ** shift) & 0xff
    value = 0
    digits = 0
  }
  return bytes.subarray(0, length)
}
