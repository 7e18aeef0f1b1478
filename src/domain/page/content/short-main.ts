import { Element } from '../tree/nodes.ts'
import { FEW_WORDS } from './choose.ts'
import type { Box, Outline } from './outline.ts'

const BESIDE = new Set(['nav', 'aside', 'footer'])

/** Of a page with few words, what its author put into `main` is kept whole, but for menus and the like. */
export function keepShortMain({ root, boxes }: Outline, chosen: Uint8Array): void {
  if (root.words >= FEW_WORDS) return
  for (const box of boxes) if (isMain(box)) chosen.fill(1, box.first, box.end)
  for (const box of boxes) if (BESIDE.has(box.name) && isInMain(box)) chosen.fill(0, box.first, box.end)
}

function isMain({ name, node, hidden }: Box): boolean {
  return !hidden && (name === 'main' || (node instanceof Element && node.attribs['role'] === 'main'))
}

function isInMain(box: Box): boolean {
  for (let around = box.parent; around; around = around.parent) if (isMain(around)) return true
  return false
}
