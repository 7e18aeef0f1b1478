import { Inflate } from 'fflate'

/** What one stream may unpack to. Its reader keeps it whole, with as much again while its buffer grows. */
const MAX_STREAM_BYTES = 32_000_000
/** Deflate makes at most 1,032 bytes of one: what is shorter packed can't exceed the bound. */
const SHORTEST_SUSPECT = Math.floor(MAX_STREAM_BYTES / 1_032)
const STEP_BYTES = 8_192
/** Unpacked to be measured; measuring more would itself take too long. */
const MAX_MEASURED_BYTES = 400_000_000

const STREAM = bytesOf('stream')
const END_STREAM = bytesOf('endstream')
/** Before the keyword stands the stream's dictionary. */
const LONGEST_DICTIONARY = 1_024
/** A dictionary that names Flate twice unpacks what it has unpacked: nobody gains by it but a bomb. */
const PACKED_TWICE = /\/Fl(?:ateDecode)?\s*\/Fl(?:ateDecode)?\b/

/** Whether a PDF holds a stream that no reader should unpack: found by measuring, since lengths are only declared. */
export function inflatesTooFar(bytes: Uint8Array): boolean {
  let measured = 0
  for (const { dictionary, packed } of streamsOf(bytes)) {
    if (PACKED_TWICE.test(dictionary)) return true
    if (packed.length < SHORTEST_SUSPECT || !isZlib(packed)) continue
    const length = inflatedLength(packed)
    measured += length
    if (length > MAX_STREAM_BYTES || measured > MAX_MEASURED_BYTES) return true
  }
  return false
}

function* streamsOf(bytes: Uint8Array): Generator<{ dictionary: string; packed: Uint8Array }> {
  for (let at = find(bytes, STREAM, 0); at !== -1;) {
    const start = afterLineEnd(bytes, at + STREAM.length)
    const end = find(bytes, END_STREAM, start)
    const dictionary = String.fromCharCode(...bytes.subarray(Math.max(0, at - LONGEST_DICTIONARY), at))
    const own = dictionary.slice(dictionary.lastIndexOf(' obj') + 1)
    yield { dictionary: own, packed: bytes.subarray(start, end === -1 ? bytes.length : end) }
    at = end === -1 ? -1 : find(bytes, STREAM, end + END_STREAM.length)
  }
}

/** The keyword is followed by a line feed, with or without a carriage return (ISO 32000-1 §7.3.8.1). */
function afterLineEnd(bytes: Uint8Array, at: number): number {
  const start = bytes[at] === 0x0d ? at + 1 : at
  return bytes[start] === 0x0a ? start + 1 : start
}

/** The head of zlib's format (RFC 1950 §2.2): deflate, and a sum of check. */
function isZlib([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0
}

function inflatedLength(packed: Uint8Array): number {
  let length = 0
  const inflate = new Inflate((chunk) => {
    length += chunk.length
  })
  const body = packed.subarray(2)
  try {
    for (let at = 0; at < body.length && length <= MAX_STREAM_BYTES; at += STEP_BYTES)
      inflate.push(body.subarray(at, at + STEP_BYTES))
  } catch {
    // What follows the damage is not unpacked by any reader.
  }
  return length
}

function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1))
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at
  return -1
}

function bytesOf(word: string): Uint8Array {
  return new TextEncoder().encode(word)
}
