import { type ExifFacts, readExif } from './exif.ts'

export interface ImageFacts {
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif'
  /** In pixels as they are stored: an orientation of 5 or more shows them turned. 0 where the file is damaged. */
  width: number
  height: number
  exif: ExifFacts
}

/** What an image's first bytes tell; undefined for all that is no such image. Any bytes give an answer. */
export function imageFacts(bytes: Uint8Array): ImageFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const read of READERS) {
    const facts = read(view)
    if (facts) return facts
  }
  return undefined
}

const READERS: readonly ((view: DataView) => ImageFacts | undefined)[] = [png, jpeg, gif, webp, avif]

/** PNG (third edition) §11.2.1 and §11.3.3.5: IHDR comes first, eXIf may stand before or behind the pixels. */
function png(view: DataView): ImageFacts | undefined {
  if (textAt(view, 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined
  let exif: ExifFacts = {}
  for (let at = 8; at + 8 <= view.byteLength;) {
    const length = view.getUint32(at)
    if (textAt(view, at + 4, 4) === 'eXIf') exif = readExif(part(view, at + 8, length))
    at += length + 12
  }
  return { type: 'image/png', width: uint32(view, 16), height: uint32(view, 20), exif }
}

/** JPEG (ITU T.81) §B.1.1.4: segments up to the first scan; the frame header (SOF) has the size. */
function jpeg(view: DataView): ImageFacts | undefined {
  if (textAt(view, 0, 3) !== '\xff\xd8\xff') return undefined
  const facts: ImageFacts = { type: 'image/jpeg', width: 0, height: 0, exif: {} }
  for (let at = 2; at + 4 <= view.byteLength && view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda) break
    const length = view.getUint16(at + 2)
    if (isFrame(marker)) Object.assign(facts, { height: uint16(view, at + 5), width: uint16(view, at + 7) })
    if (marker === 0xe1 && textAt(view, at + 4, 6) === 'Exif\0\0')
      facts.exif = readExif(part(view, at + 10, length - 8))
    at += 2 + Math.max(2, length)
  }
  return facts
}

/** SOF0 to SOF15, without DHT, JPG and DAC that lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function gif(view: DataView): ImageFacts | undefined {
  if (!/^GIF8[79]a$/.test(textAt(view, 0, 6))) return undefined
  return { type: 'image/gif', width: uint16(view, 6, true), height: uint16(view, 8, true), exif: {} }
}

/** RFC 9649 §2: a RIFF file of VP8, VP8L or VP8X; only the last has metadata. */
function webp(view: DataView): ImageFacts | undefined {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') return undefined
  return { type: 'image/webp', ...webpSize(view), exif: webpExif(view) }
}

function webpSize(view: DataView): { width: number; height: number } {
  switch (textAt(view, 12, 4)) {
    case 'VP8 ':
      return { width: uint16(view, 26, true) & 0x3fff, height: uint16(view, 28, true) & 0x3fff }
    case 'VP8L': {
      const bits = uint32(view, 21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: (uint32(view, 24, true) & 0xffffff) + 1, height: (uint32(view, 26, true) >>> 8) + 1 }
    default:
      return { width: 0, height: 0 }
  }
}

function webpExif(view: DataView): ExifFacts {
  for (let at = 12; at + 8 <= view.byteLength;) {
    const length = view.getUint32(at + 4, true)
    if (textAt(view, at, 4) === 'EXIF') return readExif(part(view, at + 8, length))
    at += 8 + length + (length % 2)
  }
  return {}
}

/** Boxes of ISO/IEC 23008-12 §6.5.3: `ispe` has the size, and stands among the properties in the first kilobytes. */
const ISPE_WITHIN = 4_096

function avif(view: DataView): ImageFacts | undefined {
  if (!/^ftyp(?:avif|avis)$/.test(textAt(view, 4, 8))) return undefined
  const at = textAt(view, 0, ISPE_WITHIN).indexOf('ispe')
  const size = at === -1 ? { width: 0, height: 0 } : { width: uint32(view, at + 8), height: uint32(view, at + 12) }
  return { type: 'image/avif', ...size, exif: {} }
}

function textAt({ buffer, byteOffset, byteLength }: DataView, at: number, length: number): string {
  const end = Math.min(byteLength, at + length)
  return at >= end ? '' : String.fromCharCode(...new Uint8Array(buffer, byteOffset + at, end - at))
}

function part({ buffer, byteOffset, byteLength }: DataView, at: number, length: number): DataView {
  const start = Math.min(at, byteLength)
  return new DataView(buffer, byteOffset + start, Math.max(0, Math.min(length, byteLength - start)))
}

function uint16(view: DataView, at: number, isLittle = false): number {
  return at + 2 <= view.byteLength ? view.getUint16(at, isLittle) : 0
}

function uint32(view: DataView, at: number, isLittle = false): number {
  return at + 4 <= view.byteLength ? view.getUint32(at, isLittle) : 0
}
