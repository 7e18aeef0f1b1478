export type JsonLdNode = { [key: string]: unknown }

/** Nodes looked at per document: enough for any page, little enough for a hostile one. */
const MAX_NODES = 2_000
const MAX_DEPTH = 12

/** The nodes of all JSON-LD blocks, outermost first. A block that is no JSON is left out, as by search engines. */
export function jsonLdNodes(blocks: readonly string[]): JsonLdNode[] {
  return jsonLd(blocks).nodes
}

/** All nodes, and those of them that stand for the page: not in another one, but for graphs and main entities. */
export function jsonLd(blocks: readonly string[]): { nodes: JsonLdNode[]; tops: JsonLdNode[] } {
  const nodes: JsonLdNode[] = []
  const tops: JsonLdNode[] = []
  for (const block of blocks) {
    const value = parsed(block)
    gather(value, 0, nodes)
    gatherTops(value, 0, tops)
  }
  return { nodes, tops }
}

function gatherTops(value: unknown, depth: number, tops: JsonLdNode[]): void {
  if (depth > MAX_DEPTH || tops.length >= MAX_NODES || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) gatherTops(item, depth + 1, tops)
    return
  }
  const node: JsonLdNode = { ...value }
  if ('@type' in node) tops.push(node)
  for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage']) gatherTops(node[key], depth + 1, tops)
}

function parsed(block: string): unknown {
  const text = withoutMarks(block.trim())
  try {
    return JSON.parse(text)
  } catch {
    return repaired(text)
  }
}

/** The comment or CDATA that a block may stand in hides it from old browsers. */
function withoutMarks(text: string): string {
  const opened = text.replace(/^(?:\/\/|\/\*)?\s*<!(?:--|\[?CDATA\[)(?:\s*\*\/)?/, '')
  const end = opened.slice(-LONGEST_MARK)
  return opened.slice(0, -LONGEST_MARK) + end.replace(/(?:\/\/|\/\*)?\s*(?:-->|\]\]>)\s*(?:\*\/)?;?$/, '')
}

/** Only there the mark is looked for: from any other place, space of any length would be tried anew at each of its characters. */
const LONGEST_MARK = 40

/** The commonest fault of JSON-LD in the wild is a bare line break or tab inside a string. */
function repaired(text: string): unknown {
  try {
    return JSON.parse(text.replace(/[\u0000-\u001f]+/g, ' '))
  } catch {
    return undefined
  }
}

function gather(value: unknown, depth: number, found: JsonLdNode[]): void {
  if (depth > MAX_DEPTH || found.length >= MAX_NODES || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) gather(item, depth + 1, found)
    return
  }
  const node: JsonLdNode = { ...value }
  if ('@type' in node) found.push(node)
  for (const inner of Object.values(node)) gather(inner, depth + 1, found)
}

export function hasType(node: JsonLdNode, pattern: RegExp): boolean {
  const type = node['@type']
  return (Array.isArray(type) ? type : [type]).some((name) => typeof name === 'string' && pattern.test(name))
}

/** A property's text: itself, its `name`, or those of its list joined by commas. */
export function textOfProperty(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  if (Array.isArray(value))
    return (
      value
        .map(textOfProperty)
        .filter((text) => text !== undefined)
        .join(', ') || undefined
    )
  if (typeof value === 'object' && value !== null && 'name' in value) return textOfProperty(value.name)
  return undefined
}
