/** A value in Cap'n Proto's text format, already written out. */
export type Written = { written: string }

/** What can be written: text, whole numbers, truth values, lists and structs of them; undefined fields are left out. */
export type CapnpValue =
  | string
  | number
  | boolean
  | Written
  | readonly CapnpValue[]
  | { readonly [field: string]: CapnpValue | undefined }

/** Text that must not be quoted, such as `embed "file"`. */
export function verbatim(written: string): Written {
  return { written }
}

export function capnpText(value: CapnpValue): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(capnpText).join(', ')}]`
  if (isWritten(value)) return value.written
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined ? [] : [`${name} = ${capnpText(field)}`],
  )
  return `(${fields.join(', ')})`
}

/** Cap'n Proto's string literals are C's; what is not printable ASCII goes as bytes of UTF-8. */
function quoted(text: string): string {
  let literal = ''
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte)
    if (character === '"' || character === '\\') literal += `\\${character}`
    else if (byte >= 0x20 && byte < 0x7f) literal += character
    else literal += `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `"${literal}"`
}

function isList(value: CapnpValue): value is readonly CapnpValue[] {
  return Array.isArray(value)
}

function isWritten(value: object): value is Written {
  return typeof (value as Written).written === 'string' && Object.keys(value).length === 1
}
