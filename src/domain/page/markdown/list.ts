import { type ChildNode, Element, type ParentNode } from '../tree/nodes.ts'
import { attribute } from '../tree/reading-nodes.ts'
import type { Writing } from './writing.ts'

const NESTED = /^(?:[-*+] |\d+[.)] )/

/** A list, tight when its items are single lines (with lists below them), loose otherwise. */
export function writeList(writing: Writing, list: Element): string {
  const items = itemsOf(writing, list)
  const tight = items.every(({ blocks }) => blocks.every((block, index) => index === 0 || NESTED.test(block)))
  return items.map((item) => written(item, tight)).join(tight ? '\n' : '\n\n')
}

interface Item {
  marker: string
  blocks: string[]
}

function itemsOf(writing: Writing, list: Element): Item[] {
  const ordered = list.name === 'ol'
  let number = Math.max(0, integer(attribute(list, 'start')) ?? 1)
  const items: Item[] = []
  for (const group of groups(writing, list)) {
    const blocks = writing.blocksOf(group)
    if (blocks.length === 0) continue
    // A list straight inside a list belongs to the item before it.
    const before = items.at(-1)
    if (before && isStrayList(group)) {
      before.blocks.push(...blocks)
      continue
    }
    const given = group instanceof Element ? integer(attribute(group, 'value')) : undefined
    if (ordered) number = given ?? number
    items.push({ marker: ordered ? `${number++}.` : '-', blocks: [...taskMark(group, blocks)] })
  }
  return items
}

/** The list's items; text and elements that stand between them are items, too. */
function groups(writing: Writing, list: Element): ParentNode[] {
  return list.children.flatMap((child): ParentNode[] => {
    if (writing.drops(child)) return []
    if (child instanceof Element && child.name === 'li') return [child]
    if (child instanceof Element) return [around(child)]
    return 'data' in child && child.data.trim() !== '' ? [around(child)] : []
  })
}

function around(child: ChildNode): ParentNode {
  const item = new Element('li', {})
  item.children = [child]
  return item
}

function isStrayList(group: ParentNode): boolean {
  const [only] = group.children
  return group.parent === null && only instanceof Element && (only.name === 'ul' || only.name === 'ol')
}

function taskMark(item: ParentNode, blocks: readonly string[]): readonly string[] {
  const [first = '', ...rest] = blocks
  const box = checkbox(item)
  if (box) return [`[${box.attribs['checked'] === undefined ? ' ' : 'x'}] ${first}`, ...rest]
  return /^\[[ xX]\]\s/.test(first) ? [`\\${first}`, ...rest] : blocks
}

function checkbox(node: ParentNode): Element | undefined {
  const first = node.children.find((child) => !('data' in child) || child.data.trim() !== '')
  if (!(first instanceof Element)) return undefined
  if (first.name === 'input') return attribute(first, 'type').toLowerCase() === 'checkbox' ? first : undefined
  return first.name === 'label' || first.name === 'p' || first.name === 'span' ? checkbox(first) : undefined
}

function written({ marker, blocks }: Item, tight: boolean): string {
  const indent = ' '.repeat(marker.length + 1)
  const body = blocks.join(tight ? '\n' : '\n\n').replace(/\n(?!\n|$)/g, `\n${indent}`)
  return `${marker} ${body}`
}

function integer(text: string): number | undefined {
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined
}
