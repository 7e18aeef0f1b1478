import { escaped } from '../../feed.ts'
import { elementsOf, inside, isOn, textOf } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'
import type { Docx } from './docx-blocks.ts'

/** Deleted and moved text, properties, comments: not what the document says now. Text boxes are blocks of their own. */
const UNREAD: ReadonlySet<string> = new Set([
  'del',
  'moveFrom',
  'pPr',
  'rPr',
  'delText',
  'instrText',
  'drawing',
  'pict',
  'AlternateContent',
  'txbxContent',
])

/** A paragraph's runs as HTML. Links are elements, simple fields, or fields between marks (ECMA-376 part 1, §17.16). */
export function writeInline(docx: Docx, paragraph: XmlElement): string {
  return new InlineWriter(docx).write(paragraph)
}

class InlineWriter {
  private field: { instruction: string; href?: string } | undefined
  private readonly docx: Docx

  constructor(docx: Docx) {
    this.docx = docx
  }

  write(paragraph: XmlElement): string {
    const html = this.children(paragraph)
    return (this.field?.href === undefined ? html : `${html}</a>`).replace(/<\/(b|i|s)><\1>/g, '')
  }

  private children(parent: XmlElement): string {
    return elementsOf(parent)
      .map((child) => this.element(child))
      .join('')
  }

  private element(element: XmlElement): string {
    const { name, attributes } = element
    if (UNREAD.has(name)) return ''
    if (name === 'r') return this.run(element)
    if (name === 'hyperlink') return linked(this.target(attributes), this.children(element))
    if (name === 'fldSimple') return linked(fieldTarget(attributes['instr'] ?? ''), this.children(element))
    return this.children(element)
  }

  private target({ rid = '', anchor }: XmlElement['attributes']): string | undefined {
    const link = this.docx.links.get(rid)
    if (!link?.external) return undefined
    return anchor === undefined ? link.target : `${link.target}#${anchor}`
  }

  private run(run: XmlElement): string {
    const properties = inside(run, 'rPr')
    if (isOn(inside(properties, 'vanish'))) return ''
    let marks = ''
    let text = ''
    for (const child of elementsOf(run)) {
      if (child.name === 'fldChar' || child.name === 'instrText') marks += this.fieldMark(child)
      else text += this.piece(child)
    }
    return marks + formatted(text, properties)
  }

  private piece(element: XmlElement): string {
    switch (element.name) {
      case 't':
        return escaped(textOf(element))
      case 'tab':
        return ' '
      case 'br':
      case 'cr':
        return element.attributes['type'] === undefined ? '<br>' : ''
      case 'noBreakHyphen':
        return '-'
      case 'footnoteReference':
        return this.note('footnote', element)
      case 'endnoteReference':
        return this.note('endnote', element)
      default:
        return UNREAD.has(element.name) ? '' : this.children(element)
    }
  }

  private note(kind: 'footnote' | 'endnote', { attributes }: XmlElement): string {
    const { notesSeen } = this.docx
    notesSeen.push({ kind, id: attributes['rid'] ?? '' })
    return `<sup>[${notesSeen.length}]</sup>`
  }

  /** begin, instruction, separate, what is shown, end. */
  private fieldMark(mark: XmlElement): string {
    if (mark.name === 'instrText') {
      if (this.field) this.field.instruction += textOf(mark)
      return ''
    }
    const type = mark.attributes['fldCharType']
    if (type === 'begin') this.field ??= { instruction: '' }
    if (type === 'separate' && this.field && this.field.href === undefined) {
      const href = fieldTarget(this.field.instruction)
      if (href === undefined) return ''
      this.field.href = href
      return `<a href="${escaped(href)}">`
    }
    if (type !== 'end') return ''
    const closed = this.field?.href === undefined ? '' : '</a>'
    this.field = undefined
    return closed
  }
}

function fieldTarget(instruction: string): string | undefined {
  return /^\s*HYPERLINK\s+"([^"]+)"/i.exec(instruction)?.[1]
}

function linked(href: string | undefined, html: string): string {
  return href === undefined || html === '' ? html : `<a href="${escaped(href)}">${html}</a>`
}

function formatted(text: string, properties: XmlElement | undefined): string {
  if (text.trim() === '') return text
  const has = (name: string) => isOn(inside(properties, name))
  const raised = inside(properties, 'vertAlign')?.attributes['val']
  let html = text
  if (raised === 'superscript' && !html.startsWith('<sup>')) html = `<sup>${html}</sup>`
  if (raised === 'subscript') html = `<sub>${html}</sub>`
  if (has('strike') || has('dstrike')) html = `<s>${html}</s>`
  if (has('i')) html = `<i>${html}</i>`
  return has('b') ? `<b>${html}</b>` : html
}
