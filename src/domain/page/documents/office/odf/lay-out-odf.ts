import type { LaidOut } from '../../laid-out.ts'
import { escaped } from '../../feed.ts'
import type { PackageParts } from '../package-parts.ts'
import { CellBudget, type Sheet, sheetsAsHtml } from '../sheet-html.ts'
import { elementsOf, inside } from '../xml-reading.ts'
import { type Odf, writeOdfBlocks } from './odf-blocks.ts'
import { odfPages } from './odf-pages.ts'
import { odfRows } from './odf-rows.ts'
import { odfStyles } from './odf-styles.ts'

/** OpenDocument (ISO/IEC 26300) as HTML, whichever of its three kinds the body is. */
export function layOutOdf(parts: PackageParts): Pick<LaidOut, 'html' | 'warnings'> {
  const content = parts.root('content.xml')
  const odf: Odf = { styles: odfStyles(inside(content, 'automatic-styles')), notes: [] }
  const budget = new CellBudget()
  const html = elementsOf(inside(content, 'body'))
    .map((body) => {
      if (body.name === 'presentation') return odfPages(odf, body)
      if (body.name !== 'spreadsheet') return writeOdfBlocks(odf, body)
      const tables = elementsOf(body).filter(({ name }) => name === 'table')
      const sheets = tables.map((table): Sheet => {
        return { name: table.attributes['name'] ?? '', rows: odfRows(odf, table, budget) }
      })
      return sheetsAsHtml(sheets, escaped)
    })
    .join('')
  return { html: html + notesHtml(odf), warnings: budget.warnings }
}

function notesHtml({ notes }: Odf): string {
  return notes.length === 0 ? '' : `<hr><ol>${notes.map((note) => `<li>${note}</li>`).join('')}</ol>`
}
