/** Of a picture's EXIF (CIPA DC-008), what says how to show it and where it is from. Places are left out: nobody who shows a picture means to tell them. */
export interface ExifFacts {
  /** 1 to 8: how the stored pixels are to be turned and mirrored; 1 is as they are. */
  orientation?: number
  /** ISO 8601, with the camera's offset where it says it. */
  takenAt?: string
  camera?: string
  description?: string
  artist?: string
  copyright?: string
}

const TAGS = {
  description: 0x010e,
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  changedAt: 0x0132,
  artist: 0x013b,
  copyright: 0x8298,
  details: 0x8769,
  takenAt: 0x9003,
  offset: 0x9011,
} as const

/** More are in no directory of a camera. */
const MOST_ENTRIES = 200
const LONGEST_TEXT = 1_000
const ASCII = 2
const SHORT = 3
const LONG = 4

/** Reads a TIFF header and the two directories that matter. Damage gives what was read up to it. */
export function readExif(view: DataView): ExifFacts {
  if (view.byteLength < 8) return {}
  const mark = view.getUint16(0)
  if (mark !== 0x4949 && mark !== 0x4d4d) return {}
  const isLittle = mark === 0x4949
  const first = directory(view, view.getUint32(4, isLittle), isLittle)
  const at = first.get(TAGS.details)
  const all = typeof at === 'number' ? new Map([...first, ...directory(view, at, isLittle)]) : first
  return factsOf(all)
}

type Directory = ReadonlyMap<number, number | string>

function directory(view: DataView, at: number, isLittle: boolean): Directory {
  const found = new Map<number, number | string>()
  if (at + 2 > view.byteLength) return found
  const count = Math.min(view.getUint16(at, isLittle), MOST_ENTRIES)
  for (let entry = at + 2; entry < at + 2 + 12 * count && entry + 12 <= view.byteLength; entry += 12) {
    const value = valueOf(view, entry, isLittle)
    if (value !== undefined) found.set(view.getUint16(entry, isLittle), value)
  }
  return found
}

/** A value of up to four bytes stands in its entry, a longer one elsewhere. */
function valueOf(view: DataView, entry: number, isLittle: boolean): number | string | undefined {
  const kind = view.getUint16(entry + 2, isLittle)
  const count = view.getUint32(entry + 4, isLittle)
  if (kind === SHORT && count === 1) return view.getUint16(entry + 8, isLittle)
  if (kind === LONG && count === 1) return view.getUint32(entry + 8, isLittle)
  if (kind !== ASCII || count > LONGEST_TEXT) return undefined
  const at = count <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittle)
  if (at + count > view.byteLength) return undefined
  const [text = ''] = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, count)).split('\0')
  return text.trim()
}

function factsOf(values: Directory): ExifFacts {
  const text = (tag: number): string => {
    const value = values.get(tag)
    return typeof value === 'string' ? value : ''
  }
  const orientation = values.get(TAGS.orientation)
  const [make, model] = [text(TAGS.make), text(TAGS.model)]
  const all = {
    takenAt: isoOf(text(TAGS.takenAt) || text(TAGS.changedAt), text(TAGS.offset)),
    // Many makers begin the model with their name.
    camera: model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`.trim(),
    description: text(TAGS.description),
    artist: text(TAGS.artist),
    copyright: text(TAGS.copyright),
  }
  return {
    ...(typeof orientation === 'number' && orientation >= 1 && orientation <= 8 && { orientation }),
    ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
  }
}

/** `2026:03:01 12:30:00` (§4.6.5), a clock on a wall unless there is an offset. */
function isoOf(written: string, offset: string): string {
  const [, year, month, day, time] =
    /^(\d{4}):(0[1-9]|1[0-2]):(0[1-9]|[12]\d|3[01]) ([01]\d:[0-5]\d:[0-5]\d|2[0-3]:[0-5]\d:[0-5]\d)$/.exec(written) ??
    []
  if (year === undefined) return ''
  return `${year}-${month}-${day}T${time}${/^[+-]\d\d:\d\d$/.test(offset) ? offset : ''}`
}
