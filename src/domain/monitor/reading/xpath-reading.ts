import { Document, Element, type ParentNode, Text } from '../../page/tree/nodes.ts'
import { parseXml } from '../../page/documents/xml-document.ts'
import { listed, type MonitorRules } from '../rules.ts'
import { BlockList } from './block-list.ts'
import { canonicalBlocks } from './canonical-blocks.ts'
import { htmlBlocks } from './html-blocks.ts'
import { failed, type Reading } from './reading.ts'
import { selected } from './selected.ts'
import { SelectorFault } from '../../select/selector-fault.ts'
import { selectXPath, stringOf, type XNode } from '../../select/xpath/select-xpath.ts'

/** The parser's stack costs the square of its depth. */
const MOST_CHARACTERS = 5_000_000

/** An XML body by its own names; entities that it declares are neither expanded nor fetched. */
export function xmlReading(text: string, rules: MonitorRules): Reading {
  const { root } = parseXml(text.slice(0, MOST_CHARACTERS))
  return xpathReading(root, listed(rules.select?.xpath), rules, { isXml: true })
}

/** What XPath expressions select, in their order: elements as blocks; attributes, texts, numbers as one each. */
export function xpathReading(
  root: ParentNode,
  paths: readonly string[],
  rules: MonitorRules,
  { isXml = false } = {},
): Reading {
  const drops = isXml ? undefined : excludedBy(root, rules)
  const found = new BlockList()
  try {
    for (const path of paths) addSelected(root, path, found, drops)
  } catch (error) {
    if (error instanceof SelectorFault) return failed('error', 'invalid_selector', error.message)
    throw error
  }
  if (found.blocks.length === 0) {
    return failed('empty', 'selector_found_nothing', 'Nothing matches what is to be watched.')
  }
  const { blocks, masked } = canonicalBlocks(found.blocks, rules)
  return { fetch: 'ok', blocks, fields: {}, price: null, masked, reasons: [] }
}

function addSelected(root: ParentNode, path: string, found: BlockList, drops: Drops | undefined): void {
  const value = selectXPath(root, path)
  if (Array.isArray(value)) for (const node of value) addNode(node, path, found, drops)
  else found.add(stringOf(value).trim(), { kind: path, under: '', name: path })
}

type Drops = Parameters<typeof htmlBlocks>[1]

function excludedBy(root: ParentNode, rules: MonitorRules): Drops {
  const { excluded } = selected(root, { exclude: rules.select?.exclude ?? [] })
  return (node) => excluded.has(node)
}

/** An element of a page is cut into its blocks; one of XML is one, whatever its name means in HTML. */
function addNode(node: XNode, path: string, found: BlockList, drops: Drops | undefined): void {
  if (!drops || 'value' in node || node instanceof Text) {
    const text = stringOf([node]).replace(/\s+/g, ' ').trim()
    found.add(text, { kind: path, under: '', item: node instanceof Element })
  } else if (node instanceof Element) {
    const alone = new Document()
    alone.children = [node]
    for (const { text, under, item } of htmlBlocks(alone, drops).blocks) {
      found.add(text, { kind: node.name, under, item: item === true })
    }
  }
}
