/** A source that comes in parts, of which sections are asked for by their place in the whole. */
export class SourceParts {
  private readonly parts: string[] = []
  private part = ''
  /** Where the last part starts. */
  private offset = 0

  add(part: string): void {
    this.parts.push(part)
    this.offset += this.part.length
    this.part = part
  }

  slice(start: number, end: number): string {
    const { offset } = this
    return start >= offset ? this.part.slice(start - offset, end - offset) : this.across(start, end)
  }

  /** A section that began in an earlier part. */
  private across(start: number, end: number): string {
    let { offset } = this
    let text = this.part.slice(0, Math.max(0, end - offset))
    for (let index = this.parts.length - 2; index >= 0 && start < offset; index--) {
      const part = this.parts[index] ?? ''
      const from = offset - part.length
      text = part.slice(Math.max(0, start - from), Math.max(0, end - from)) + text
      offset = from
    }
    return text
  }
}

const CDATA = '<![CDATA['
const CDATA_BEGUN = /<(?:!(?:\[(?:C(?:D(?:A(?:TA?)?)?)?)?)?)?$/

/**
 * In HTML, `<![CDATA[` opens a bogus comment that ends at the next `>` (HTML standard §13.2.5.42); the tokenizer would look
 * for `]]>` and swallow the page. Inside svg and math, where it does mean CDATA, there is no text that we read.
 */
export function* withoutCdata(parts: readonly string[]): Generator<string> {
  let held = ''
  for (const part of parts) {
    const text = held + part
    held = CDATA_BEGUN.exec(text.slice(-CDATA.length))?.[0] ?? ''
    const whole = held === '' ? text : text.slice(0, -held.length)
    yield whole.includes(CDATA) ? whole.replaceAll(CDATA, '<!CDATA[') : whole
  }
  if (held !== '') yield held
}
