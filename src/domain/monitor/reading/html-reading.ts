import { type ChildNode, Element, type ParentNode } from 'domhandler'
import { isHidden } from '../../page/content/hidden.ts'
import { textInside } from '../../page/tree/reading-nodes.ts'
import { parseHtml } from '../../page/tree/parse-html.ts'
import type { Block } from '../block.ts'
import { wordsOf } from '../diff/words.ts'
import type { MonitorRules, NormaliseRules } from '../rules.ts'
import { isBoilerplate } from './boilerplate.ts'
import { canonicalBlocks } from './canonical-blocks.ts'
import { disguise } from './classify.ts'
import { htmlBlocks } from './html-blocks.ts'
import { failed, type Fetched, type Reading } from './reading.ts'
import { selected } from './selected.ts'

/** Reads a page: what is excluded goes out, what is included stays, and what is left is cut into blocks. */
export function htmlReading(source: string, _fetched: Fetched, rules: MonitorRules): Reading {
  const { root } = parseHtml(source)
  const selection = selected(root, rules.select)
  if (selection.fault) return failed('error', selection.fault.code, selection.fault.detail)
  const all = visibleBlocks(selection.root, selection.excluded, rules.normalise ?? {}, selection.isNarrowed)
  const disguised = selection.isNarrowed ? undefined : disguise(titleOf(root), headingsOf(root), countWords(all))
  if (disguised) return disguised
  if (selection.isEmpty) return failed('empty', 'selector_found_nothing', 'No element matches what is to be watched.')
  if (all.length === 0) return failed('empty', 'no_text', 'The page has no text before its scripts run.')
  const { blocks, masked } = canonicalBlocks(all, rules)
  return { fetch: 'ok', blocks, fields: {}, price: null, masked, reasons: [] }
}

/** A body that is hidden until a script has run shows its content all the same. */
function visibleBlocks(
  root: ParentNode,
  excluded: ReadonlySet<ChildNode>,
  normalise: NormaliseRules,
  isNarrowed: boolean,
): readonly Block[] {
  const leavesOut = (dropsHidden: boolean, dropsBoilerplate: boolean) => (node: ChildNode) =>
    excluded.has(node) ||
    (node instanceof Element &&
      ((dropsHidden && node.name !== 'body' && isHidden(node)) || (dropsBoilerplate && isBoilerplate(node))))
  const dropsHidden = normalise.keepHidden !== true
  const dropsBoilerplate = normalise.keepBoilerplate !== true && !isNarrowed
  const { blocks } = htmlBlocks(root, leavesOut(dropsHidden, dropsBoilerplate))
  if (blocks.length > 0) return blocks
  return htmlBlocks(root, leavesOut(false, false)).blocks
}

function countWords(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + wordsOf(text).length, 0)
}

function titleOf(root: ParentNode): string {
  return firstText(root, 'title') ?? ''
}

function headingsOf(root: ParentNode): string[] {
  const heading = firstText(root, 'h1')
  return heading === undefined ? [] : [heading]
}

function firstText(node: ParentNode, name: string): string | undefined {
  for (const child of node.children) {
    if (!(child instanceof Element)) continue
    const text = child.name === name ? textInside(child) : firstText(child, name)
    if (text !== undefined) return text
  }
  return undefined
}
