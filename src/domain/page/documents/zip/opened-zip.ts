import { Inflate } from 'fflate'
import { type ZipEntry, packedBytes, zipEntries } from './zip-entries.ts'

/** Of one part, unpacked: the text of a long book takes 2 MB of XML. What follows is not read. */
const MAX_PART_BYTES = 16_000_000
/** Of all parts of one archive together. */
const MAX_BYTES = 48_000_000
/** Deflate makes at most 1,032 bytes of one: no step can unpack more than 8 MB before it is counted. */
const STEP_BYTES = 8_192

/** An archive whose parts are read one by one, each counted as it is unpacked: declared sizes are never believed. */
export class OpenedZip {
  /** A part was longer than is read, or could not be unpacked to its end. */
  truncated = false
  /** Its files can't be read without a password. */
  readonly encrypted: boolean
  readonly names: readonly string[]
  #left = MAX_BYTES
  readonly #bytes: Uint8Array
  readonly #entries: ReadonlyMap<string, ZipEntry>

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#entries = zipEntries(bytes) ?? new Map()
    this.names = [...this.#entries.keys()]
    this.encrypted = [...this.#entries.values()].some((entry) => entry.encrypted)
  }

  /** The text of a part, or undefined where there is none of that name. */
  text(name: string): string | undefined {
    const entry = this.#entries.get(name)
    if (!entry) return undefined
    const decoder = new TextDecoder(encodingOf(this.#unpacked(entry, 2)))
    return decoder.decode(this.#unpacked(entry, Math.min(MAX_PART_BYTES, this.#left)))
  }

  #unpacked(entry: ZipEntry, most: number): Uint8Array {
    const packed = packedBytes(this.#bytes, entry)
    const { bytes, cut } = entry.method === 8 ? inflated(packed, most) : stored(entry.method, packed, most)
    if (most > 2) {
      this.#left -= bytes.length
      this.truncated ||= cut
    }
    return bytes
  }
}

interface Unpacked {
  bytes: Uint8Array
  cut: boolean
}

function stored(method: number, packed: Uint8Array, most: number): Unpacked {
  return method === 0
    ? { bytes: packed.subarray(0, most), cut: packed.length > most }
    : { bytes: packed.subarray(0, 0), cut: true }
}

function inflated(packed: Uint8Array, most: number): Unpacked {
  const chunks: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate((chunk) => {
    chunks.push(chunk)
    size += chunk.length
  })
  let isBroken = false
  try {
    for (let at = 0; at < packed.length && size <= most; at += STEP_BYTES)
      inflate.push(packed.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= packed.length)
  } catch {
    isBroken = true
  }
  return { bytes: joined(chunks, Math.min(size, most)), cut: isBroken || size > most }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    if (at >= size) break
    whole.set(chunk.subarray(0, size - at), at)
    at += chunk.length
  }
  return whole
}

/** XML is UTF-8 unless a byte order mark says otherwise (XML 1.0 §4.3.3). */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
