import { Document, type Element, type ParentNode } from '../tree/nodes.ts'
import { MOST_LOOKS, SelectorFault } from '../../select/selector-fault.ts'
import { writeHtml } from '../html.ts'
import type { Resolver } from '../links/resolve.ts'
import { imageUrl } from '../markdown/image.ts'
import { writeMarkdown } from '../markdown/markdown.ts'
import { findHoldingBlocks } from '../markdown/writing.ts'
import type { PageWarning } from '../page.ts'
import { parseHtml } from '../tree/parse-html.ts'
import type { FieldRule, FieldRules, FieldValue } from './field-rules.ts'
import { ownText, statedValue } from './own-value.ts'
import { FieldSelecting, type Found } from './selecting.ts'
import { typedValue } from './typed-value.ts'

/** Values and characters that one page's fields may have. */
const MOST_VALUES = 20_000
const MOST_CHARACTERS = 2_000_000

/** The document that fields are read from. */
export interface FieldPage {
  root: ParentNode
  resolver: Resolver
  language: string | null
  /** Names are as written, and text may be HTML that was escaped. */
  isXml: boolean
}

export interface FieldsReading {
  fields: { [name: string]: FieldValue }
  warnings: PageWarning[]
}

/** What may still be read of one document. */
export class FieldsAllowance {
  values = MOST_VALUES
  characters = MOST_CHARACTERS
}

/** The values of a whole document, whatever its main content is. What isn't there is null, or [] with `all`. */
export function readFields(rules: FieldRules, page: FieldPage, left = new FieldsAllowance()): FieldsReading {
  const reading = new FieldReading(page, left)
  const fields = reading.record(rules, page.root, '')
  return { fields, warnings: reading.warnings }
}

class FieldReading {
  readonly warnings: PageWarning[] = []
  private readonly selecting: FieldSelecting
  private readonly page: FieldPage
  private readonly left: FieldsAllowance
  private isCut = false

  constructor(page: FieldPage, left: FieldsAllowance) {
    this.page = page
    this.left = left
    this.selecting = new FieldSelecting(page.root, { isXml: page.isXml, looks: { left: MOST_LOOKS } })
  }

  record(rules: FieldRules, within: ParentNode, path: string): { [name: string]: FieldValue } {
    return Object.fromEntries(
      Object.entries(rules).map(([name, rule]) => [name, this.field(rule, within, path + name)]),
    )
  }

  private field(rule: FieldRule, within: ParentNode, path: string): FieldValue {
    const all = rule.all === true
    const found = this.found(rule.selector, within, { all, path })
    const values: FieldValue[] = []
    for (const each of found) {
      if (!this.mayRead()) break
      values.push(this.valueOf(each, rule, path))
    }
    return all ? values : (values[0] ?? null)
  }

  private found(selector: string, within: ParentNode, { all, path }: { all: boolean; path: string }): Found[] {
    try {
      return this.selecting.find(selector, within, { all })
    } catch (error) {
      if (!(error instanceof SelectorFault)) throw error
      this.warn({ code: 'field_not_read', detail: `${path}: ${error.message}` })
      return []
    }
  }

  private valueOf(found: Found, rule: FieldRule, path: string): FieldValue {
    if (!rule.fields) return this.value(found, rule)
    return typeof found === 'string' ? null : this.record(rule.fields, found, `${path}.`)
  }

  /** The first of the places that has a value of its kind: a `datetime` that is none leaves the text to be read. */
  private value(found: Found, rule: FieldRule): string | number | null {
    const { as = 'text', locale } = rule
    const { resolver, language } = this.page
    for (const given of this.textsOf(found, rule)) {
      const value = typedValue(this.counted(given), as, { resolver, locale, language: language ?? undefined })
      if (value !== null) return value
    }
    return null
  }

  private textsOf(found: Found, { attribute, as = 'text' }: FieldRule): string[] {
    if (typeof found === 'string') return [found]
    const given = attribute === undefined ? undefined : attributeOf(found, attribute)
    if (attribute !== undefined) return given === undefined ? [] : [given]
    if (as === 'html' || as === 'markdown') return [this.written(found, as)]
    const stated = as === 'url' && found.name === 'img' ? imageUrl(found, this.page.resolver) : statedValue(found, as)
    const text = ownText(found)
    const isRead = as !== 'url' || this.page.isXml || /^(?:https?:)?\/\//i.test(text)
    return [...(stated ? [stated] : []), ...(isRead ? [text] : [])]
  }

  /** The element itself, not just what is in it: a link stays a link, a table a table. */
  private written(element: Element, as: 'html' | 'markdown'): string {
    const root = this.page.isXml ? parseHtml(ownText(element)).root : alone(element)
    const drops = () => false
    if (as === 'html') return writeHtml(root, this.page.resolver, drops)
    return writeMarkdown({ root, drops }, this.page.resolver, findHoldingBlocks(root)).trimEnd()
  }

  private mayRead(): boolean {
    if (this.left.values-- > 0 && this.left.characters > 0) return true
    this.noteCut()
    return false
  }

  private counted(text: string): string {
    const isWhole = text.length <= this.left.characters
    const kept = isWhole ? text : text.slice(0, this.left.characters).toWellFormed()
    this.left.characters -= kept.length
    if (!isWhole) this.noteCut()
    return kept
  }

  private noteCut(): void {
    if (!this.isCut) this.warn(CUT)
    this.isCut = true
  }

  private warn(warning: PageWarning): void {
    if (this.warnings.length < MOST_WARNINGS) this.warnings.push(warning)
  }
}

const MOST_WARNINGS = 10

const CUT: PageWarning = {
  code: 'fields_truncated',
  detail: 'The fields hold more than is read: some values are cut, some are missing.',
}

/** Attribute names of HTML are lower case, however the caller writes them. */
function attributeOf({ attribs }: Element, name: string): string | undefined {
  return attribs[name] ?? attribs[name.toLowerCase()]
}

/** The element by itself, which keeps its own parent. */
function alone(element: Element): ParentNode {
  const document = new Document()
  document.children = [element]
  return document
}
