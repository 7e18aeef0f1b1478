import type { PackageParts } from '../package-parts.ts'
import { elementsOf } from '../xml-reading.ts'
import { type Docx, writeNote } from './docx-blocks.ts'

/** Notes of one document; more are no help to a reader. */
const MAX_NOTES = 2_000

/** The foot- and endnotes that the text refers to, as a list in that order. */
export function docxNotes(
  parts: PackageParts,
  docx: Docx,
  partNames: Readonly<Record<'footnote' | 'endnote', string | undefined>>,
): string {
  if (docx.notesSeen.length === 0) return ''
  const texts = new Map([
    ...noteTexts(parts, docx, 'footnote', partNames.footnote),
    ...noteTexts(parts, docx, 'endnote', partNames.endnote),
  ])
  const items = docx.notesSeen.slice(0, MAX_NOTES).map(({ kind, id }) => `<li>${texts.get(`${kind} ${id}`) ?? ''}</li>`)
  return `<hr><ol>${items.join('')}</ol>`
}

function noteTexts(parts: PackageParts, docx: Docx, kind: 'footnote' | 'endnote', part: string | undefined) {
  if (part === undefined) return []
  const links = parts.relationships(part)
  const notes = elementsOf(parts.root(part)).filter(({ name }) => name === kind)
  // A note's own references would number notes that nobody sees.
  const inNotes = { ...docx, links, notesSeen: [] }
  return notes.map((note) => [`${kind} ${note.attributes['rid'] ?? ''}`, writeNote(inNotes, note)] as const)
}
