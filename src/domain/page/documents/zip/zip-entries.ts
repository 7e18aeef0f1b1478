/** One file of a ZIP archive, by its central directory; none of the sizes is to be believed (APPNOTE §4.3.12). */
export interface ZipEntry {
  name: string
  /** 0: stored, 8: deflated; everything else is not read. */
  method: number
  /** General purpose flag, bit 0. */
  encrypted: boolean
  compressedSize: number
  headerOffset: number
}

const END_MARK = 0x06054b50
const ENTRY_MARK = 0x02014b50
const LOCAL_MARK = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
/** The end record may be followed by a comment of 16-bit length. */
const LONGEST_COMMENT = 0xffff
/** Office documents have some dozen parts, a large presentation a few thousand. */
const MAX_ENTRIES = 10_000

/** The files that an archive lists, by name; undefined for bytes that are no archive. Reads no file. */
export function zipEntries(bytes: Uint8Array): Map<string, ZipEntry> | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endRecord(view)
  if (end === undefined) return undefined
  const count = Math.min(view.getUint16(end + 10, true), MAX_ENTRIES)
  let at = view.getUint32(end + 16, true)
  const entries = new Map<string, ZipEntry>()
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_MARK) break
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength))
    entries.set(name, {
      name,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      compressedSize: view.getUint32(at + 20, true),
      headerOffset: view.getUint32(at + 42, true),
    })
    at += ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function endRecord(view: DataView): number | undefined {
  const earliest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT)
  for (let at = view.byteLength - END_BYTES; at >= earliest; at--) if (view.getUint32(at, true) === END_MARK) return at
  return undefined
}

/** The bytes of a file as they lie in the archive; empty where the archive is broken. */
export function packedBytes(bytes: Uint8Array, { headerOffset, compressedSize }: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (headerOffset + LOCAL_BYTES > bytes.length || view.getUint32(headerOffset, true) !== LOCAL_MARK)
    return bytes.subarray(0, 0)
  const extra = view.getUint16(headerOffset + 26, true) + view.getUint16(headerOffset + 28, true)
  const start = headerOffset + LOCAL_BYTES + extra
  return bytes.subarray(start, start + compressedSize)
}
