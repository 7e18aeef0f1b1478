import { ENDS_PARAGRAPH, HEADING, HEAD_CONTENT, SCOPE_END, SPECIAL, names } from './element-kinds.ts'

export interface ImpliedEnd {
  /** Elements that the start tag ends, looked for up to the nearest of `until`. */
  ends: ReadonlySet<string>
  until: ReadonlySet<string>
  /** Instead: a formatting element that can't nest in itself. */
  formatting?: string
}

const BUTTON_SCOPE = new Set([...SCOPE_END, 'button'])
const PARAGRAPH: ImpliedEnd = { ends: names('p'), until: BUTTON_SCOPE }
const ROW_GROUPS = names('tbody thead tfoot tr td th caption colgroup')
const IN_TABLE = names('table template')

/** Special elements other than address, div and p: what the search for an open `li`, `dd` or `dt` stops at. */
const ITEM_SCOPE = new Set([...SPECIAL].filter((name) => !['address', 'div', 'p', 'li', 'dd', 'dt'].includes(name)))

function ends(words: string, until: ReadonlySet<string>): ImpliedEnd {
  return { ends: names(words), until }
}

/** Start tag → what it ends first (HTML standard §13.2.6.4.7 and the table modes); `<head>`: what may stand there. */
export const IMPLIED_ENDS: ReadonlyMap<string, readonly ImpliedEnd[]> = new Map<string, readonly ImpliedEnd[]>([
  ...[...ENDS_PARAGRAPH].map((name): [string, ImpliedEnd[]] => [name, [PARAGRAPH]]),
  ...[...HEADING].map((name): [string, ImpliedEnd[]] => [name, [PARAGRAPH, { ends: HEADING, until: SPECIAL }]]),
  ['li', [ends('li', new Set([...ITEM_SCOPE, 'dd', 'dt'])), PARAGRAPH]],
  ['dd', [ends('dd dt', new Set([...ITEM_SCOPE, 'li'])), PARAGRAPH]],
  ['dt', [ends('dd dt', new Set([...ITEM_SCOPE, 'li'])), PARAGRAPH]],
  ['td', [ends('td th', names('table tr template'))]],
  ['th', [ends('td th', names('table tr template'))]],
  ['tr', [ends('tr td th caption colgroup', names('table tbody thead tfoot template'))]],
  ...['tbody', 'thead', 'tfoot'].map((name): [string, ImpliedEnd[]] => [name, [{ ends: ROW_GROUPS, until: IN_TABLE }]]),
  ['option', [ends('option', names('select optgroup datalist template'))]],
  ['optgroup', [ends('option optgroup', names('select template'))]],
  ['button', [ends('button', SCOPE_END)]],
  ['select', [ends('select', SCOPE_END)]],
  ['rt', [ends('rt rp', names('ruby'))]],
  ['rp', [ends('rt rp', names('ruby'))]],
  ['a', [{ ends: new Set(), until: new Set(), formatting: 'a' }]],
  ['nobr', [{ ends: new Set(), until: new Set(), formatting: 'nobr' }]],
  ['<head>', [{ ends: HEAD_CONTENT, until: new Set() }]],
])

/** HTML that ends an unclosed `<svg>` or `<math>` (HTML standard §13.2.6.5). */
export const LEAVES_FOREIGN: ReadonlySet<string> = names(`
  b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol
  p pre ruby s small span strong strike sub sup table tt u ul var`)
