import { decodeHTMLAttribute } from 'entities'
import { APOSTROPHE, EQUALS_SIGN, GREATER_THAN, QUOTATION_MARK, SLASH, isSpace, nameEnd } from './characters.ts'
import type { Attributes, StartTag } from './tokens.ts'

/** Attributes that one element may have; the rest is dropped. */
const MAX_ATTRIBUTES = 256
/** Different names that are remembered of one document; far more than pages have. */
const MAX_NAMES = 2_000

const NO_ATTRIBUTES: Attributes = {}

/** Reads a tag from its name on: the HTML standard's states from §13.2.5.8 (tag name) to §13.2.5.40 (self-closing start tag). */
export class TagReader implements StartTag {
  name = ''
  attributes: Attributes = NO_ATTRIBUTES
  attributeCount = 0
  isSelfClosing = false
  private own: Record<string, string> | undefined
  /** As written → in lower case. One string for all tags of a name: quicker to compare, and it takes no memory of its own. */
  private readonly names = new Map<string, string>()

  /** Reads the tag whose name begins at `from`; gives the place behind its `>`, or -1 where the text ends before that. */
  read(text: string, from: number): number {
    this.own = undefined
    this.attributeCount = 0
    this.isSelfClosing = false
    const end = nameEnd(text, from)
    const after = text.charCodeAt(end) === GREATER_THAN ? end + 1 : this.readAttributes(text, end)
    if (after < 0) return -1
    this.name = this.lowerCase(text.slice(from, end))
    this.attributes = this.own ?? NO_ATTRIBUTES
    return after
  }

  /** The "before attribute name state" (§13.2.5.32), up to the end of the tag. */
  private readAttributes(text: string, from: number): number {
    let at = from
    while (at >= 0 && at < text.length) {
      const code = text.charCodeAt(at)
      if (code === GREATER_THAN) return at + 1
      if (code === SLASH) {
        this.isSelfClosing = text.charCodeAt(at + 1) === GREATER_THAN
        at++
      } else if (isSpace(code)) at++
      else at = this.readAttribute(text, at)
    }
    return -1
  }

  /** From the "attribute name state" (§13.2.5.33) to behind the value. */
  private readAttribute(text: string, from: number): number {
    const end = attributeNameEnd(text, from)
    const equals = skipSpace(text, end)
    if (equals === text.length) return -1
    if (text.charCodeAt(equals) !== EQUALS_SIGN) {
      this.add(text.slice(from, end), '')
      return equals
    }
    const value = skipSpace(text, equals + 1)
    const quote = text.charCodeAt(value)
    const isQuoted = quote === QUOTATION_MARK || quote === APOSTROPHE
    const start = isQuoted ? value + 1 : value
    const valueEnd = isQuoted ? text.indexOf(quote === QUOTATION_MARK ? '"' : "'", start) : unquotedEnd(text, start)
    if (valueEnd < 0) return -1
    this.add(text.slice(from, end), text.slice(start, valueEnd))
    return isQuoted ? valueEnd + 1 : valueEnd
  }

  /** Of attributes with one name, the first counts. */
  private add(written: string, value: string): void {
    if (this.attributeCount >= MAX_ATTRIBUTES) return
    const name = this.lowerCase(written)
    this.own ??= {}
    if (name === '__proto__' || Object.hasOwn(this.own, name)) return
    this.attributeCount++
    this.own[name] = value.includes('&') ? decodeHTMLAttribute(value) : value
  }

  private lowerCase(written: string): string {
    const known = this.names.get(written)
    if (known !== undefined) return known
    const name = written.toLowerCase()
    if (this.names.size < MAX_NAMES) this.names.set(written, name)
    return name
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text.charCodeAt(at))) at++
  return at
}

/** An equals sign ends a name, unless it begins it. */
function attributeNameEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === EQUALS_SIGN ? at > from : code === GREATER_THAN || code === SLASH || isSpace(code)) return at
  }
  return text.length
}

/** -1 where the text ends before the value. */
function unquotedEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === GREATER_THAN || isSpace(code)) return at
  }
  return -1
}
