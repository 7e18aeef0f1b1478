import { type ChildNode, Element, type ParentNode, Text } from '../tree/nodes.ts'
import { BLOCK } from '../tree/element-kinds.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { fence } from './fence.ts'

/** Text as it stands, line breaks of `<br>` and of one-line-per-element listings included. */
export function exactText(node: ParentNode): string {
  const parts: string[] = []
  gather(node, parts)
  return parts.join('')
}

/** Line numbers and copy buttons that listings put beside the code. */
const BESIDE =
  /(?:^|[\s_-])(?:line-?numbers?(?:-rows)?|linenos?|line-?num|gutter|rouge-gutter|hljs-ln-numbers|copy(?:-?button|-?btn)?)(?:$|[\s_-])/i

function gather(node: ParentNode, parts: string[]): void {
  for (const child of node.children) {
    if (child instanceof Text) parts.push(child.data)
    else if (child instanceof Element) gatherElement(child, parts)
  }
}

function gatherElement(element: Element, parts: string[]): void {
  const { name } = element
  if (name === 'br') parts.push('\n')
  if (name === 'script' || name === 'style' || name === 'button') return
  if (BESIDE.test(attribute(element, 'class')) && name !== 'code' && name !== 'table') return
  const isBlock = BLOCK.has(name) && name !== 'td' && name !== 'th'
  if (isBlock && parts.length > 0 && !parts.at(-1)?.endsWith('\n')) parts.push('\n')
  gather(element, parts)
  if (isBlock && parts.length > 0 && !parts.at(-1)?.endsWith('\n')) parts.push('\n')
}

/** A fenced block, its fence longer than any run of backticks inside (CommonMark §4.5). */
export function fencedCode(pre: Element): string {
  // The parser of HTML drops the first line break of a `pre` (§13.2.6.4.7), but not within its `code`.
  const code = exactText(pre)
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .replace(/\s+$/, '')
  if (code.trim() === '') return ''
  return fence(code, languageOf(pre))
}

const LANGUAGE_CLASS =
  /(?:^|\s)(?:language|lang|highlight-source|highlight|brush:|sourceCode|src)[-\s:]+([a-z][\w+#.-]*)/i
const NO_LANGUAGE = /^(?:none|plain|text|plaintext|txt|default|notranslate|highlight|code|block|wrapper)$/i
/** Classes of the wrappers that highlighters put around a listing: at most this many steps out. */
const WRAPPERS = 3

function languageOf(pre: Element): string {
  const code = pre.children.find((child): child is Element => child instanceof Element && child.name === 'code')
  const candidates: (ChildNode | ParentNode | null | undefined)[] = [code, pre]
  for (let around = pre.parent, steps = 0; around && steps < WRAPPERS; around = around.parent, steps++)
    candidates.push(around)
  for (const candidate of candidates) {
    if (!(candidate instanceof Element)) continue
    const language =
      attribute(candidate, 'data-lang') || attribute(candidate, 'data-language') || classLanguage(candidate)
    if (language !== '' && /^[\w+#.-]{1,30}$/.test(language) && !NO_LANGUAGE.test(language))
      return language.toLowerCase()
    if (candidate.name === 'body' || candidate.name === 'article' || candidate.name === 'main') break
  }
  return ''
}

function classLanguage(element: Element): string {
  return LANGUAGE_CLASS.exec(attribute(element, 'class'))?.[1] ?? ''
}

/** A code span, delimited by more backticks than it contains in a row (CommonMark §6.1). */
export function codeSpan(text: string): string {
  const code = text.replace(/\s+/g, ' ').trim()
  if (code === '') return ''
  let longest = 0
  for (const [run] of code.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  const fence = '`'.repeat(longest + 1)
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${code}${pad}${fence}`
}
