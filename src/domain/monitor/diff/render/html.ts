import type { Block } from '../../block.ts'
import type { WordRun } from '../change.ts'
import { diffRows, type Row } from './rows.ts'

export interface HtmlOptions {
  title: string
  names: readonly [before: string, after: string]
  /** Unchanged blocks around each change. Default 3. */
  context?: number
}

/** One column, what was removed and what was added marked in place. */
export function renderInline(before: readonly Block[], after: readonly Block[], options: HtmlOptions): string {
  const rows = diffRows(before, after, options.context ?? 3)
  const items = rows.map((row) => `<li class="${row.kind}">${inlineRow(row)}</li>`)
  return page(options, 'inline', `<ol class="diff">${items.join('\n')}</ol>`)
}

/** Two columns, the former version to the left. */
export function renderSideBySide(before: readonly Block[], after: readonly Block[], options: HtmlOptions): string {
  const rows = diffRows(before, after, options.context ?? 3)
  const [left, right] = options.names.map(escaped)
  const head = `<thead><tr><th scope="col">${left}</th><th scope="col">${right}</th></tr></thead>`
  const body = rows.map((row) => `<tr class="${row.kind}">${sideRow(row)}</tr>`).join('\n')
  return page(options, 'side-by-side', `<table class="diff">${head}<tbody>${body}</tbody></table>`)
}

function inlineRow(row: Row): string {
  switch (row.kind) {
    case 'same':
      return escaped(row.text)
    case 'skipped':
      return skipped(row.count)
    case 'added':
      return mark('ins', row.text)
    case 'removed':
      return mark('del', row.text)
    case 'moved':
      return `${note('Moved here:')}${escaped(row.text)}`
    case 'changed':
      return row.words.map(inlineRun).join(' ')
  }
}

function sideRow(row: Row): string {
  switch (row.kind) {
    case 'same':
      return `<td>${escaped(row.text)}</td><td>${escaped(row.text)}</td>`
    case 'skipped':
      return `<td colspan="2">${skipped(row.count)}</td>`
    case 'added':
      return `<td></td><td>${mark('ins', row.text)}</td>`
    case 'removed':
      return `<td>${mark('del', row.text)}</td><td></td>`
    case 'moved':
      return `<td>${note('Moved.')}</td><td>${note('Moved here:')}${escaped(row.text)}</td>`
    case 'changed':
      return `<td>${side(row.words, 'added')}</td><td>${side(row.words, 'removed')}</td>`
  }
}

function side(words: readonly WordRun[], without: WordRun['kind']): string {
  return words
    .filter(({ kind }) => kind !== without)
    .map(inlineRun)
    .join(' ')
}

function inlineRun({ kind, text }: WordRun): string {
  if (kind === 'same') return escaped(text)
  return mark(kind === 'added' ? 'ins' : 'del', text)
}

/** Colour alone tells nothing to some, and elements alone nothing to many screen readers: a word says it, too. */
function mark(element: 'ins' | 'del', text: string): string {
  return `<${element}>${note(element === 'ins' ? 'Added:' : 'Removed:')}${escaped(text)}</${element}>`
}

function note(text: string): string {
  return `<span class="note">${text} </span>`
}

function skipped(count: number): string {
  return `… ${count} unchanged …`
}

/** The only style of these pages, so that their policy can name it. */
export const DIFF_STYLE = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
ol.diff{list-style:none;padding:0}
.diff li,.diff td{overflow-wrap:anywhere;padding:.25rem .5rem;vertical-align:top}
table.diff{border-collapse:collapse;table-layout:fixed;width:100%}
ins{background:#c6f0ce;color:#04260f}
del{background:#ffd3d0;color:#3d0500}
.skipped{color:GrayText;text-align:center}
.moved{border-left:.25rem solid #5b7fd6}
.note{clip-path:inset(50%);height:1px;overflow:hidden;position:absolute;white-space:nowrap;width:1px}
.moved .note{clip-path:none;font-style:italic;height:auto;position:static;width:auto}`

function page({ title, names }: HtmlOptions, layout: string, content: string): string {
  const heading = escaped(title)
  const versions = `<p>From ${escaped(names[0])} to ${escaped(names[1])}.</p>`
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title>`
  return `<!doctype html>
<html lang="en"><head>${head}<style>${DIFF_STYLE}</style></head>
<body class="${layout}"><main><h1>${heading}</h1>${versions}
${content}
</main></body></html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Page text is never markup, wherever it stands. Controls that no HTML may have, and marks that turn lines around, go. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
