import { decodeHTML } from 'entities'
import { EXCLAMATION_MARK, GREATER_THAN, QUESTION_MARK, SLASH, isLetter, isSpace } from './characters.ts'
import { names } from './element-kinds.ts'
import { type Escape, LONGEST_MARKER, escapeAfter } from './script-data.ts'
import { TagReader } from './tag-reader.ts'
import type { TokenSink } from './tokens.ts'

/** The standard's states between two tokens (§13.2.5); the others are passed through within one. */
type State = 'data' | 'RCDATA' | 'RAWTEXT' | 'script data' | 'PLAINTEXT' | 'comment' | 'bogus comment' | 'CDATA section'

const RCDATA = names('title textarea')
const RAWTEXT = names('style xmp iframe noembed noframes')
const CDATA = '[CDATA['
/** The longest name of a character is 33 long; numbers may have any number of zeros. */
const LONGEST_REFERENCE = 64

/**
 * Reads markup as tags and text, the way the HTML standard says (§13.2.5). It looks for what ends a token instead of going
 * through its states character by character. The document may come in parts: what is cut is read when its rest is there.
 */
export class Tokenizer {
  private text = ''
  private at = 0
  private isLast = false
  private state: State = 'data'
  /** The element that RCDATA, RAWTEXT or script data is in, and whose end tag ends it. */
  private element = ''
  private escape: Escape = 'none'
  /** So long has the text to be before a token that was cut is tried again: twice as long as it was. */
  private wanted = 0

  private readonly tags = new TagReader()
  private readonly sink: TokenSink

  constructor(sink: TokenSink) {
    this.sink = sink
  }

  write(part: string): void {
    this.text = this.at < this.text.length ? this.text.slice(this.at) + part : part
    this.at = 0
    if (this.text.length >= this.wanted) this.resume()
  }

  /** No more parts follow. */
  end(): void {
    this.isLast = true
    this.resume()
  }

  /** Goes on after the sink was full. */
  resume(): void {
    while (this.at < this.text.length && !this.sink.isFull() && this.step());
    this.wanted = 2 * (this.text.length - this.at)
  }

  /** Reads on by a token; false where it needs what follows. */
  private step(): boolean {
    switch (this.state) {
      case 'data':
        return this.dataState()
      case 'RCDATA':
      case 'RAWTEXT':
        return this.rawTextState()
      case 'script data':
        return this.scriptDataState()
      case 'PLAINTEXT':
        return this.characters(this.text.length)
      case 'comment':
        return this.commentState()
      case 'bogus comment':
        return this.skipBehind('>')
      case 'CDATA section':
        return this.cdataSectionState()
    }
  }

  private dataState(): boolean {
    const tag = this.text.indexOf('<', this.at)
    if (tag === this.at) return this.tagOpenState()
    if (tag > 0) return this.references(tag)
    return this.isLast ? this.references(this.text.length) : this.wholeReferences()
  }

  private tagOpenState(): boolean {
    const code = this.text.charCodeAt(this.at + 1)
    if (isLetter(code)) return this.startTag()
    if (code === SLASH) return this.endTagOpenState()
    if (code === EXCLAMATION_MARK) return this.markupDeclarationOpenState()
    if (code === QUESTION_MARK) return this.enter('bogus comment', 1)
    return (this.isLast || !Number.isNaN(code)) && this.characters(this.at + 1)
  }

  private startTag(): boolean {
    const after = this.tags.read(this.text, this.at + 1)
    if (after < 0) return this.dropUnfinished()
    this.at = after
    if (!this.sink.isForeign()) this.enterContentOf(this.tags.name)
    this.sink.startTag(this.tags)
    return true
  }

  /** What the standard's tree construction has the tokenizer do after some start tags (§13.2.6.2). */
  private enterContentOf(name: string): void {
    if (RCDATA.has(name)) this.state = 'RCDATA'
    else if (RAWTEXT.has(name)) this.state = 'RAWTEXT'
    else if (name === 'script') this.state = 'script data'
    else if (name === 'plaintext') this.state = 'PLAINTEXT'
    else return
    this.element = name
    this.escape = 'none'
  }

  private endTagOpenState(): boolean {
    const code = this.text.charCodeAt(this.at + 2)
    if (isLetter(code)) return this.endTag()
    if (code === GREATER_THAN) return this.enter('data', 3)
    if (!Number.isNaN(code)) return this.enter('bogus comment', 2)
    return this.isLast && this.characters(this.text.length)
  }

  private endTag(): boolean {
    const after = this.tags.read(this.text, this.at + 2)
    if (after < 0) return this.dropUnfinished()
    this.at = after
    this.state = 'data'
    this.sink.endTag(this.tags.name)
    return true
  }

  private markupDeclarationOpenState(): boolean {
    const { text, at, isLast } = this
    if (!isLast && text.length < at + 2 + CDATA.length) return false
    if (text.startsWith('--', at + 2)) return this.commentStartState()
    if (text.startsWith(CDATA, at + 2) && this.sink.isForeign()) return this.enter('CDATA section', 2 + CDATA.length)
    // A doctype ends where a bogus comment would, and nobody asks for it.
    return this.enter('bogus comment', 2)
  }

  /** `<!-->` and `<!--->` are whole comments. */
  private commentStartState(): boolean {
    const empty = this.text.startsWith('>', this.at + 4) ? 5 : this.text.startsWith('->', this.at + 4) ? 6 : 0
    return empty > 0 ? this.enter('data', empty) : this.enter('comment', 4)
  }

  private commentState(): boolean {
    const { text } = this
    for (let dashes = text.indexOf('--', this.at); dashes >= 0; dashes = text.indexOf('--', dashes + 1)) {
      const behind = text.startsWith('!', dashes + 2) ? dashes + 3 : dashes + 2
      if (text.startsWith('>', behind)) return this.enter('data', behind + 1 - this.at)
    }
    return this.skipTo(text.length - '--!'.length)
  }

  private cdataSectionState(): boolean {
    const end = this.text.indexOf(']]>', this.at)
    if (end < 0) return this.characters(this.isLast ? this.text.length : this.text.length - 2) && this.isLast
    this.characters(end)
    return this.enter('data', ']]>'.length)
  }

  /** RCDATA and RAWTEXT, up to the end tag of the element. */
  private rawTextState(): boolean {
    const end = this.endTagOfElement()
    const to = end < 0 ? this.beforeCutEndTag() : end
    if (this.state === 'RAWTEXT') this.characters(to)
    else if (end >= 0 || this.isLast) this.references(to)
    else return this.wholeReferences(to)
    return end >= 0 ? this.endTag() : this.isLast
  }

  private scriptDataState(): boolean {
    const end = this.endTagOfElement()
    const to = end >= 0 ? end : this.isLast ? this.text.length : Math.max(this.at, this.text.length - LONGEST_MARKER)
    this.escape = escapeAfter(this.escape, this.text, this.at, to)
    this.characters(to)
    if (end < 0) return this.isLast
    if (this.escape !== 'double escaped') return this.endTag()
    this.escape = 'escaped'
    return this.characters(end + '</'.length)
  }

  /** The "appropriate end tag token": that of the element which the text is in; -1 where there is none. */
  private endTagOfElement(): number {
    const { text, element } = this
    for (let tag = text.indexOf('</', this.at); tag >= 0; tag = text.indexOf('</', tag + 2)) {
      const end = tag + 2 + element.length
      const code = text.charCodeAt(end)
      if ((code === GREATER_THAN || code === SLASH || isSpace(code)) && isName(element, text, tag + 2)) return tag
    }
    return -1
  }

  private beforeCutEndTag(): number {
    if (this.isLast) return this.text.length
    const tag = this.text.lastIndexOf('<')
    const isNear = tag >= this.at && tag >= this.text.length - 2 - this.element.length
    return isNear ? tag : this.text.length
  }

  /** Text as it stands. */
  private characters(to: number): boolean {
    if (to > this.at) this.sink.text(this.text.slice(this.at, to))
    this.at = Math.max(this.at, to)
    return true
  }

  /** Text in which characters may be named: `&amp;` (§13.2.5.72). */
  private references(to: number): boolean {
    const text = this.text.slice(this.at, to)
    if (text !== '') this.sink.text(text.includes('&') ? decodeHTML(text) : text)
    this.at = to
    return true
  }

  /** The same up to a reference that may be cut. */
  private wholeReferences(to = this.text.length): boolean {
    const reference = this.text.lastIndexOf('&', to)
    const isCut = reference >= this.at && reference > to - LONGEST_REFERENCE
    this.references(isCut ? reference : to)
    return false
  }

  private enter(state: State, after: number): true {
    this.at += after
    this.state = state
    return true
  }

  private skipBehind(end: string): boolean {
    const found = this.text.indexOf(end, this.at)
    return found < 0 ? this.skipTo(this.text.length) : this.enter('data', found + end.length - this.at)
  }

  /** Nothing up to here is of use; more has to follow. */
  private skipTo(at: number): false {
    this.at = this.isLast ? this.text.length : Math.max(this.at, at)
    return false
  }

  /** A tag that the document ends in is none. */
  private dropUnfinished(): boolean {
    return this.isLast && this.enter('data', this.text.length - this.at)
  }
}

/** Whether `name` stands there, in letters of either case. */
function isName(name: string, text: string, at: number): boolean {
  return text.startsWith(name, at) || text.slice(at, at + name.length).toLowerCase() === name
}
