import { elementsOf, inside, textOf } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'
import { escaped } from '../../feed.ts'
import { type Odf, writeOdfBlocks } from './odf-blocks.ts'

/** Slides that are read of one presentation. */
const MAX_SLIDES = 500

/** A presentation's slides: each a heading, its text, and what the speaker has noted. */
export function odfPages(odf: Odf, body: XmlElement): string {
  return elementsOf(body)
    .filter(({ name }) => name === 'page')
    .slice(0, MAX_SLIDES)
    .map((page, index) => pageHtml(odf, page, index + 1))
    .join('')
}

function pageHtml(odf: Odf, page: XmlElement, number: number): string {
  const shapes = elementsOf(page)
  const title = shapes.find(({ attributes }) => attributes['class'] === 'title')
  const heading = title ? textOf(title).replace(/\s+/g, ' ').trim() : ''
  const content = shapes.filter((shape) => shape !== title && shape.name !== 'notes')
  const html = content.map((shape) => writeOdfBlocks(odf, shape)).join('')
  return `<h2>${escaped(heading || `Slide ${number}`)}</h2>${html}${notesHtml(odf, inside(page, 'notes'))}`
}

function notesHtml(odf: Odf, notes: XmlElement | undefined): string {
  const frame = elementsOf(notes).find(({ attributes }) => attributes['class'] === 'notes')
  const html = frame ? writeOdfBlocks(odf, frame) : ''
  return html === '' ? '' : `<blockquote>${html}</blockquote>`
}
