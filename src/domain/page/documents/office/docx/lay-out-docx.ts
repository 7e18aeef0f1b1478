import type { PackageParts } from '../package-parts.ts'
import { blocksAsHtml } from '../list-html.ts'
import { inside } from '../xml-reading.ts'
import { type Docx, writeBlocks } from './docx-blocks.ts'
import { docxNotes } from './docx-notes.ts'
import { docxNumbering } from './docx-numbering.ts'
import { docxStyles } from './docx-styles.ts'

/** WordprocessingML (ECMA-376 part 1, §17) as HTML. */
export function layOutDocx(parts: PackageParts): string {
  const main = parts.mainPart('word/document.xml')
  const links = parts.relationships(main)
  const part = (type: string) => [...links.values()].find((each) => each.type === type)?.target
  const docx: Docx = {
    links,
    styles: docxStyles(parts.root(part('styles') ?? 'word/styles.xml')),
    numbering: docxNumbering(parts.root(part('numbering') ?? 'word/numbering.xml')),
    notesSeen: [],
  }
  const html = blocksAsHtml(writeBlocks(docx, inside(parts.root(main), 'body')))
  return html + docxNotes(parts, docx, { footnote: part('footnotes'), endnote: part('endnotes') })
}
