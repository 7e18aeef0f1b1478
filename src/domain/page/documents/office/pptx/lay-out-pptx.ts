import { escaped } from '../../feed.ts'
import { type Block, blocksAsHtml } from '../list-html.ts'
import type { PackageParts, Relationship } from '../package-parts.ts'
import { elementsOf, everywhere, inside, isOn, textOf } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'

/** Slides that are read of one presentation. */
const MAX_SLIDES = 500

type Links = ReadonlyMap<string, Relationship>

/** PresentationML (ECMA-376 part 1, §19) as HTML: each slide a heading, its text, and what the speaker has noted. */
export function layOutPptx(parts: PackageParts): string {
  const main = parts.mainPart('ppt/presentation.xml')
  const links = parts.relationships(main)
  const slides = elementsOf(inside(parts.root(main), 'sldIdLst'))
    .flatMap(({ attributes }) => links.get(attributes['rid'] ?? '')?.target ?? [])
    .slice(0, MAX_SLIDES)
  return slides.map((part, index) => slideHtml(parts, part, index + 1)).join('')
}

function slideHtml(parts: PackageParts, part: string, number: number): string {
  const root = parts.root(part)
  // A hidden slide is not shown (§19.3.1.38).
  if (root?.attributes['show'] === '0') return ''
  const links = parts.relationships(part)
  const shapes = shapesOf(inside(root, 'cSld', 'spTree'))
  const title = shapes.find((shape) => isTitle(shape))
  const heading = title ? plainText(title) : ''
  const body = shapes.filter((shape) => shape !== title).map((shape) => shapeHtml(shape, links))
  return `<h2>${escaped(heading || `Slide ${number}`)}</h2>${body.join('')}${notesHtml(parts, links)}`
}

/** Shapes, tables and those in groups, in drawing order. */
function shapesOf(tree: XmlElement | undefined): XmlElement[] {
  return elementsOf(tree).flatMap((child) => {
    if (child.name === 'sp' || child.name === 'graphicFrame') return [child]
    if (child.name === 'AlternateContent') return shapesOf(elementsOf(child)[0])
    return child.name === 'grpSp' ? shapesOf(child) : []
  })
}

function placeholder(shape: XmlElement): string | undefined {
  const holder = inside(shape, 'nvSpPr', 'nvPr', 'ph')
  return holder && (holder.attributes['type'] ?? 'obj')
}

function isTitle(shape: XmlElement): boolean {
  return ['title', 'ctrTitle'].includes(placeholder(shape) ?? '')
}

/** Dates, footers and numbers that stand on every slide. */
const FURNITURE: ReadonlySet<string> = new Set(['dt', 'ftr', 'sldNum', 'hdr', 'sldImg'])

function shapeHtml(shape: XmlElement, links: Links): string {
  if (shape.name === 'graphicFrame')
    return everywhere(shape, 'tbl')
      .map((table) => tableHtml(table, links))
      .join('')
  const kind = placeholder(shape)
  if (FURNITURE.has(kind ?? '')) return ''
  // What the layout makes a list of says so nowhere in the slide.
  const isListed = kind === 'body' || kind === 'obj'
  return textHtml(inside(shape, 'txBody'), links, isListed)
}

function textHtml(body: XmlElement | undefined, links: Links, isListed: boolean): string {
  const blocks = elementsOf(body).flatMap((child): Block[] => {
    const html = child.name === 'p' ? paragraphHtml(child, links) : ''
    if (html.trim() === '') return []
    const properties = inside(child, 'pPr')
    const ordered = inside(properties, 'buAutoNum') !== undefined
    const isItem = ordered || inside(properties, 'buChar') !== undefined || (isListed && !inside(properties, 'buNone'))
    if (!isItem) return [{ kind: 'html', html: `<p>${html}</p>` }]
    return [{ kind: 'item', html, level: Number(properties?.attributes['lvl'] ?? '0'), ordered }]
  })
  return blocksAsHtml(blocks)
}

function paragraphHtml(paragraph: XmlElement, links: Links): string {
  return elementsOf(paragraph)
    .map((child) => {
      if (child.name === 'br') return '<br>'
      return child.name === 'r' || child.name === 'fld' ? runHtml(child, links) : ''
    })
    .join('')
}

function runHtml(run: XmlElement, links: Links): string {
  const properties = inside(run, 'rPr')
  const text = escaped(textOf(inside(run, 't')))
  if (text.trim() === '') return text
  const on = (name: string) => isOn({ name, attributes: { val: properties?.attributes[name] ?? '0' }, children: [] })
  const slanted = on('i') ? `<i>${text}</i>` : text
  const html = on('b') ? `<b>${slanted}</b>` : slanted
  const link = links.get(inside(properties, 'hlinkClick')?.attributes['rid'] ?? '')
  return link?.external ? `<a href="${escaped(link.target)}">${html}</a>` : html
}

function tableHtml(table: XmlElement, links: Links): string {
  const rows = elementsOf(table).filter(({ name }) => name === 'tr')
  const html = rows.map((row, index) => {
    const cells = elementsOf(row).filter(({ name }) => name === 'tc')
    const tag = index === 0 ? 'th' : 'td'
    return `<tr>${cells.map((cell) => `<${tag}>${textHtml(inside(cell, 'txBody'), links, false)}</${tag}>`).join('')}</tr>`
  })
  return `<table>${html.join('')}</table>`
}

function plainText(shape: XmlElement): string {
  return everywhere(inside(shape, 'txBody'), 'p')
    .map((paragraph) => everywhere(paragraph, 't').map(textOf).join(''))
    .join(' ')
    .trim()
}

function notesHtml(parts: PackageParts, links: Links): string {
  const part = [...links.values()].find(({ type }) => type === 'notesSlide')?.target
  if (part === undefined) return ''
  const shapes = shapesOf(inside(parts.root(part), 'cSld', 'spTree')).filter((shape) => placeholder(shape) === 'body')
  const html = shapes.map((shape) => textHtml(inside(shape, 'txBody'), parts.relationships(part), false)).join('')
  return html === '' ? '' : `<blockquote>${html}</blockquote>`
}
