import { inflateSync } from 'node:zlib'

/** A PNG of 8 bits a channel, taken apart far enough to look at single pixels (PNG, 3rd edition). */
export class Png {
  readonly width: number
  readonly height: number
  readonly #channels: number
  readonly #rows: Buffer[] = []

  constructor(bytes: Buffer) {
    this.width = bytes.readUInt32BE(16)
    this.height = bytes.readUInt32BE(20)
    this.#channels = bytes[25] === 6 ? 4 : 3
    const raw = inflateSync(Buffer.concat(chunks(bytes, 'IDAT')))
    const stride = this.width * this.#channels
    for (let y = 0; y < this.height; y++) {
      const start = y * (stride + 1)
      const line = Buffer.from(raw.subarray(start + 1, start + 1 + stride))
      this.#rows.push(unfiltered(raw[start] ?? 0, line, this.#rows[y - 1], this.#channels))
    }
  }

  /** Red, green, blue. */
  at(x: number, y: number): number[] {
    const start = x * this.#channels
    return [...(this.#rows[y]?.subarray(start, start + 3) ?? [])]
  }
}

function chunks(bytes: Buffer, type: string): Buffer[] {
  const found: Buffer[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === type) found.push(bytes.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return found
}

function unfiltered(filter: number, line: Buffer, above: Buffer | undefined, channels: number): Buffer {
  for (let at = 0; at < line.length; at++) {
    const left = at >= channels ? (line[at - channels] ?? 0) : 0
    const up = above?.[at] ?? 0
    const corner = at >= channels ? (above?.[at - channels] ?? 0) : 0
    const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    line[at] = ((line[at] ?? 0) + predicted) & 255
  }
  return line
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(estimate - each)) as [number, number, number]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
