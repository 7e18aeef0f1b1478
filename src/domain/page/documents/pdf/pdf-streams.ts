import { fromAscii85, inflatedLength, lzwLength } from './unpacked-length.ts'

/** What one stream may unpack to. Its reader keeps it whole, with as much again while its buffer grows. */
const MAX_STREAM_BYTES = 32_000_000
/** LZW makes at most some 1,300 bytes of one, deflate 1,032: what is shorter packed can't exceed the bound. */
const SHORTEST_SUSPECT = 20_000
/** Unpacked to be measured; measuring more would itself take too long. */
const MAX_MEASURED_BYTES = 400_000_000

const STREAM = bytesOf('stream')
const END_STREAM = bytesOf('endstream')
/** Before the keyword stands the stream's dictionary. */
const LONGEST_DICTIONARY = 1_024
/** Filters that make more of what they are given, by their long and short names (ISO 32000-1 §7.4, §8.9.7). */
const EXPANDING = /\/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)(?![\w.-])/g

/** Whether a PDF holds a stream that no reader should unpack: found by measuring, since lengths are only declared. */
export function unpacksTooFar(bytes: Uint8Array): boolean {
  let measured = 0
  for (const { dictionary, packed } of streamsOf(bytes)) {
    // What unpacks what it has unpacked gains nobody anything but a bomb.
    if ((dictionary.match(EXPANDING)?.length ?? 0) > 1) return true
    if (packed.length < SHORTEST_SUSPECT) continue
    const length = unpackedLength(dictionary, packed)
    measured += length
    if (length > MAX_STREAM_BYTES || measured > MAX_MEASURED_BYTES) return true
  }
  return false
}

/** By what the bytes are before by what they are called: a filter's name may stand in another object. */
function unpackedLength(dictionary: string, packed: Uint8Array): number {
  const plain = /\/A(?:SCII)?85/.test(dictionary) ? fromAscii85(packed) : packed
  if (isZlib(plain)) return inflatedLength(plain, MAX_STREAM_BYTES)
  return /\/LZW/.test(dictionary) ? lzwLength(plain, MAX_STREAM_BYTES) : 0
}

function* streamsOf(bytes: Uint8Array): Generator<{ dictionary: string; packed: Uint8Array }> {
  for (let at = find(bytes, STREAM, 0); at !== -1;) {
    const start = afterLineEnd(bytes, at + STREAM.length)
    const end = find(bytes, END_STREAM, start)
    const before = String.fromCharCode(...bytes.subarray(Math.max(0, at - LONGEST_DICTIONARY), at))
    const dictionary = before.slice(before.lastIndexOf(' obj') + 1).replace(/#([\da-f]{2})/gi, unescaped)
    yield { dictionary, packed: bytes.subarray(start, end === -1 ? bytes.length : end) }
    at = end === -1 ? -1 : find(bytes, STREAM, end + END_STREAM.length)
  }
}

/** Any letter of a name may be written by its number (§7.3.5). */
function unescaped(_escape: string, digits: string): string {
  return String.fromCharCode(Number.parseInt(digits, 16))
}

/** The keyword is followed by a line feed, with or without a carriage return (§7.3.8.1). */
function afterLineEnd(bytes: Uint8Array, at: number): number {
  const start = bytes[at] === 0x0d ? at + 1 : at
  return bytes[start] === 0x0a ? start + 1 : start
}

/** The head of zlib's format (RFC 1950 §2.2): deflate, and a sum of check. */
function isZlib([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0
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
