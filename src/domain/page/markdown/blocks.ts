import { type ChildNode, Element, type ParentNode } from 'domhandler'
import { UNREAD } from '../tree/element-kinds.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { fencedCode } from './code.ts'
import { linkTarget } from './inline.ts'
import { writeList } from './list.ts'
import { isMath, mathSource } from './math.ts'
import { writeTable } from './table.ts'
import { MAX_NESTING, type Writing, isBlockLevel, nested } from './writing.ts'

/**
 * Writes the content of an element as Markdown blocks at the end of `out`. Elements that only group hand `out` on: were
 * each to return its own blocks, deep documents would copy every block once a level.
 */
export function writeBlocks(writing: Writing, node: ParentNode, out: string[]): void {
  let line: ChildNode[] = []
  const endLine = () => {
    if (line.length > 0) put(out, writing.lineOf(line))
    line = []
  }
  for (const child of node.children) {
    if (writing.drops(child)) continue
    if (!(child instanceof Element) || !isBlockLevel(writing, child)) {
      line.push(child)
      continue
    }
    endLine()
    writeBlock(writing, child, out)
  }
  endLine()
}

function put(out: string[], block: string): void {
  if (block !== '') out.push(block)
}

type BlockWriter = (writing: Writing, element: Element, out: string[]) => void

const heading: BlockWriter = (writing, element, out) => {
  const text = inOneLine(writing, element)
  if (text !== '') out.push(`${'#'.repeat(Number(element.name.charAt(1)))} ${text.replace(/(?<![\\#])#+$/, '\\$&')}`)
}

const listing: BlockWriter = (_writing, element, out) => put(out, fencedCode(element))

const list: BlockWriter = (writing, element, out) => {
  if (writing.nesting >= MAX_NESTING) return writeBlocks(writing, element, out)
  const written = nested(writing, () => writeList(writing, element))
  // Two lists in a row are one list to Markdown, unless their bullets differ (CommonMark §5.3).
  const follows = written.startsWith('- ') && (out.at(-1)?.startsWith('- ') ?? false)
  put(out, follows ? written.replace(/^- /gm, '* ') : written)
}

const quote: BlockWriter = (writing, element, out) => {
  if (writing.nesting >= MAX_NESTING) return writeBlocks(writing, element, out)
  put(out, quoted(nested(writing, () => writing.blocksOf(element))))
}

const strong: BlockWriter = (writing, element, out) => put(out, strongLine(inOneLine(writing, element)))

const WRITERS: { [name: string]: BlockWriter } = Object.assign(Object.create(null), {
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  pre: listing,
  listing,
  xmp: listing,
  ul: list,
  ol: list,
  menu: list,
  dir: list,
  table: (writing, element, out) => writeTable(writing, element, out),
  hr: (_writing, _element, out) => put(out, '---'),
  blockquote: quote,
  summary: strong,
  dt: strong,
  legend: strong,
  dd: (writing, element, out) => put(out, defined(writing.blocksOf(element))),
  a: linkedBlocks,
  optgroup: () => undefined,
  option: () => undefined,
} satisfies { [name: string]: BlockWriter })

function writeBlock(writing: Writing, element: Element, out: string[]): void {
  if (UNREAD.has(element.name)) return
  if (isMath(element)) put(out, mathSource(element))
  else (WRITERS[element.name] ?? writeBlocks)(writing, element, out)
}

/** Blocks written into one line: for headings and what stands for one. */
function inOneLine(writing: Writing, element: ParentNode): string {
  const lines = writing.blocksOf(element).join(' ')
  return lines
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^(?:#{1,6} )+/, '')
    .replace(/ #{1,6} /g, ' ')
}

function quoted(blocks: readonly string[]): string {
  if (blocks.length === 0) return ''
  return blocks
    .join('\n\n')
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
}

function strongLine(text: string): string {
  return text === '' || /^[*`![]|\*\*|^\\/.test(text) ? text : `**${text}**`
}

/** `: ` as in Markdown Extra and Pandoc; in plain CommonMark it reads as what it is. */
function defined(blocks: readonly string[]): string {
  const [first, ...rest] = blocks
  if (first === undefined) return ''
  const paragraph = /^(?:[-*+] |\d+[.)] |#|>|```|\|)/.test(first) ? first : `: ${first}`
  return [paragraph, ...rest].join('\n\n')
}

/** A link around blocks: the first line inside that has text carries it. */
function linkedBlocks(writing: Writing, anchor: Element, out: string[]): void {
  const href = attribute(anchor, 'href')
  const target = href === '' || writing.link !== undefined ? null : linkTarget(writing, href)
  if (target === null) return writeBlocks(writing, anchor, out)
  writing.link = target
  writeBlocks(writing, anchor, out)
  writing.link = undefined
}
