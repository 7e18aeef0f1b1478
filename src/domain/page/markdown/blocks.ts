import { type ChildNode, Element, type ParentNode } from '../tree/nodes.ts'
import { UNREAD } from '../tree/element-kinds.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { fencedCode } from './code.ts'
import { linkTarget } from './inline.ts'
import { writeList } from './list.ts'
import { isMath, mathSource } from './math.ts'
import { writeTable } from './table.ts'
import { type Writing, isBlockLevel } from './writing.ts'

/** Several in a row are one. */
const RULE = '---'

/** The content of an element as Markdown blocks. */
export function writeBlocks(writing: Writing, node: ParentNode): string[] {
  const blocks: string[] = []
  let line: ChildNode[] = []
  const endLine = () => {
    const written = line.length === 0 ? '' : writing.lineOf(line)
    if (written !== '') blocks.push(written)
    line = []
  }
  for (const child of node.children) {
    if (writing.drops(child)) continue
    if (!(child instanceof Element) || !isBlockLevel(writing, child)) {
      line.push(child)
      continue
    }
    endLine()
    for (const block of writeBlock(writing, child))
      if (block !== RULE || blocks.at(-1) !== RULE) blocks.push(apart(blocks.at(-1), block))
  }
  endLine()
  return blocks
}

/** Two lists in a row are one list to Markdown, unless their bullets differ (CommonMark §5.3). */
function apart(previous: string | undefined, block: string): string {
  const follows = previous !== undefined && block.startsWith('- ') && previous.startsWith('- ')
  return follows ? block.replace(/^- /gm, '* ') : block
}

type BlockWriter = (writing: Writing, element: Element) => string[]

const heading: BlockWriter = (writing, element) => {
  const text = inOneLine(writing, element)
  return text === '' ? [] : [`${'#'.repeat(Number(element.name.charAt(1)))} ${text.replace(/(?<!\\)#+$/, '\\$&')}`]
}

/** Every level makes every line of it longer: what stands deeper is written as what it holds. */
const DEEPEST = 12

function nesting(write: BlockWriter): BlockWriter {
  return (writing, element) => {
    if (writing.level >= DEEPEST) return writing.blocksOf(element)
    writing.level++
    const blocks = write(writing, element)
    writing.level--
    return blocks
  }
}

const list = nesting((writing, element) => withText(writeList(writing, element)))

const listing: BlockWriter = (_writing, element) => withText(fencedCode(element))

const WRITERS: { [name: string]: BlockWriter } = Object.assign(Object.create(null) as object, {
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
  menu: list,
  dir: list,
  ol: list,
  table: writeTable,
  hr: (_writing, element) => [pageMark(attribute(element, 'data-page')) ?? RULE],
  blockquote: nesting((writing, element) => withText(quoted(writing.blocksOf(element)))),
  summary: strongLine,
  dt: strongLine,
  legend: strongLine,
  dd: (writing, element) => withText(defined(writing.blocksOf(element))),
  a: linkedBlocks,
  optgroup: () => [],
  option: () => [],
} satisfies { [name: string]: BlockWriter })

/** Where a page of a document laid out by us begins: a mark that readers of the Markdown see and its renderings don't. */
function pageMark(page: string): string | undefined {
  return /^\d{1,9}$/.test(page) ? `<!-- page ${page} -->` : undefined
}

function writeBlock(writing: Writing, element: Element): string[] {
  if (UNREAD.has(element.name)) return []
  if (isMath(element)) return withText(mathSource(element))
  return (WRITERS[element.name] ?? ((writer, inner) => writer.blocksOf(inner)))(writing, element)
}

function withText(block: string): string[] {
  return block === '' ? [] : [block]
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

function strongLine(writing: Writing, element: Element): string[] {
  const text = inOneLine(writing, element)
  return withText(text === '' || /^[*`![]|\*\*|^\\/.test(text) ? text : `**${text}**`)
}

/** `: ` as in Markdown Extra and Pandoc; in plain CommonMark it reads as what it is. */
function defined(blocks: readonly string[]): string {
  const [first, ...rest] = blocks
  if (first === undefined) return ''
  const paragraph = /^(?:[-*+] |\d+[.)] |#|>|```|\|)/.test(first) ? first : `: ${first}`
  return [paragraph, ...rest].join('\n\n')
}

/** A link around blocks: the first line inside that has text carries it. */
function linkedBlocks(writing: Writing, anchor: Element): string[] {
  const href = attribute(anchor, 'href')
  const target = href === '' || writing.link !== undefined ? null : linkTarget(writing, href)
  if (target === null) return writing.blocksOf(anchor)
  writing.link = target
  const blocks = writing.blocksOf(anchor)
  writing.link = undefined
  return blocks
}
