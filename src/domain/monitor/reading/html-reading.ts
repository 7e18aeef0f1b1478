import { type ChildNode, Element, type ParentNode } from '../../page/tree/nodes.ts'
import { isHidden } from '../../page/content/hidden.ts'
import { textInside } from '../../page/tree/reading-nodes.ts'
import { parseHtml } from '../../page/tree/parse-html.ts'
import type { Block } from '../block.ts'
import { wordsOf } from '../diff/words.ts'
import { listed, type MonitorRules, type NormaliseRules } from '../rules.ts'
import { xpathReading } from './xpath-reading.ts'
import { isBoilerplate } from './boilerplate.ts'
import { canonicalBlocks } from './canonical-blocks.ts'
import { disguise } from './classify.ts'
import { htmlBlocks } from './html-blocks.ts'
import { readFields } from './fields.ts'
import { readPrice } from './price.ts'
import { failed, type Reading } from './reading.ts'
import { selected } from './selected.ts'

/** Reads a page: what is excluded goes out, what is included stays, and what is left is cut into blocks. */
export function htmlReading(source: string, rules: MonitorRules, { isPage = true } = {}): Reading {
  const { root } = parseHtml(source)
  const paths = listed(rules.select?.xpath)
  if (paths.length > 0) return xpathReading(root, paths, rules)
  const selection = selected(root, rules.select)
  if (selection.fault) return failed('error', selection.fault.code, selection.fault.detail)
  const all = visibleBlocks(selection.root, selection.excluded, rules.normalise ?? {}, selection.isNarrowed || !isPage)
  const disguised =
    selection.isNarrowed || !isPage ? undefined : disguise(titleOf(root), headingsOf(root), countWords(all))
  if (disguised) return disguised
  if (selection.isEmpty) return failed('empty', 'selector_found_nothing', 'No element matches what is to be watched.')
  if (all.length === 0) return failed('empty', 'no_text', 'The page has no text before its scripts run.')
  const { blocks, masked } = canonicalBlocks(all, rules)
  const fields = readFields(root, rules.fields)
  const price = rules.price ? readPrice(root, all, rules.price) : null
  return { fetch: 'ok', blocks, fields, price, masked, reasons: [] }
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

/** More than any page has that stands in another's place. */
const ENOUGH_WORDS = 1_000

function countWords(blocks: readonly Block[]): number {
  let words = 0
  for (const { text } of blocks) {
    words += wordsOf(text).length
    if (words > ENOUGH_WORDS) break
  }
  return words
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
