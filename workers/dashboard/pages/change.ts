import { html } from 'hono/html'
import type { MonitorDiff } from '../../../src/contracts/api/monitor-change.ts'
import type { WordRun } from '../../../src/domain/monitor/diff/change.ts'
import { type Row, diffRows } from '../../../src/domain/monitor/diff/render/rows.ts'
import type { Visit } from '../door.ts'
import { count, outward, time } from '../format.ts'
import { type Markup, page } from '../layout.ts'
import { facts, table } from '../parts.ts'

/** Unchanged blocks that are shown around each change. */
const CONTEXT = 3

/** What has changed, marked in its place. The page's text is a stranger's: it stays text, and can't turn ours around. */
export async function changePage(visit: Visit): Promise<Response> {
  const id = encodeURIComponent(visit.c.req.param('id') ?? '')
  const diff = await visit.api.get<MonitorDiff>(`/v1/changes/${id}?format=json`)
  const { summary, fields } = diff
  const rows = diffRows(diff.before, diff.after, CONTEXT)
  const main = html`<p><a href="/monitors/${diff.monitorId}">Back to the monitor</a></p>
    <p class="url">${outward(diff.url)}</p>
    ${facts([
      ['When', time(diff.at)],
      ['Words added', count(summary.added)],
      ['Words removed', count(summary.removed)],
      ['Blocks moved', count(summary.moved)],
      ['Of the page', `${(summary.changedRatio * 100).toFixed(1)} %`],
    ])}
    ${fields.length > 0 ? table(['Field', 'Before', 'After'], fields.map(fieldRow), '') : ''}
    <ol class="diff">
      ${rows.map((row) => html`<li class="${row.kind}" dir="auto">${rowMarkup(row)}</li>`)}
    </ol>`
  return page(visit, { title: 'Change', main })
}

function fieldRow({ name, before, after }: MonitorDiff['fields'][number]): Markup {
  return html`<tr>
    <td>${name}</td>
    <td><del>${before ?? '–'}</del></td>
    <td><ins>${after ?? '–'}</ins></td>
  </tr>`
}

function rowMarkup(row: Row): Markup | string | Markup[] {
  switch (row.kind) {
    case 'same':
      return row.text
    case 'skipped':
      return `… ${row.count} unchanged …`
    case 'added':
      return marked('ins', row.text)
    case 'removed':
      return marked('del', row.text)
    case 'moved':
      return html`<span class="quiet">Moved here:</span> ${row.text}`
    case 'changed':
      return row.words.map(run)
  }
}

function run({ kind, text }: WordRun): Markup {
  if (kind === 'same') return html`${text} `
  return html`${marked(kind === 'added' ? 'ins' : 'del', text)} `
}

/** Colour alone tells nothing to some, and elements alone nothing to many screen readers: a word says it, too. */
function marked(element: 'ins' | 'del', text: string): Markup {
  return element === 'ins'
    ? html`<ins><span class="heard">Added: </span>${text}</ins>`
    : html`<del><span class="heard">Removed: </span>${text}</del>`
}
