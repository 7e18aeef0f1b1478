import { type ChildNode, Element, type ParentNode } from '../tree/nodes.ts'
import type { PageWarning } from '../page.ts'
import { rowsOf, isLayoutTable } from '../markdown/table-shape.ts'
import { choose } from './choose.ts'
import { examine } from './features.ts'
import { learnedEvidence } from './learned-evidence.ts'
import { logOdds } from './learned-forest.ts'
import { type Box, type Outline, outline } from './outline.ts'
import type { PageContext } from './page-features.ts'
import type { JudgedSelection } from './selection.ts'
import { keepShortMain } from './short-main.ts'
import { smoothed } from './smooth.ts'

/** Below this expected F1, what was kept is a guess that the reader should know of. */
const UNCERTAIN = 0.5

/**
 * The part of a page that it exists for. Each text block is judged by its text, the boxes around it and their names, the
 * headings above it, its neighbours, and everything that the same template made. The judgement is learned
 * (docs/content.md says from what, and how to repeat it); nothing in it knows a site.
 */
export function mainContent(
  root: ParentNode,
  holdingBlocks: ReadonlySet<Element>,
  context: PageContext,
): JudgedSelection {
  const page = outline(root, holdingBlocks)
  const words = page.blocks.map((block) => block.measure.words)
  const examined = examine(page, context, learnedEvidence)
  const probabilities = smoothed(logOdds(examined), page, examined.templates.ofBox)
  const { chosen, expectedF1 } = choose(probabilities, words)
  keepShortMain(page, chosen)
  keepTablesWhole(page, words, chosen)
  keepHeadingsOfKeptText(page, chosen)
  keepImagesOfKeptText(page, words, chosen)
  const dropped = droppedNodes(page, chosen)
  return { root, drops: (node) => dropped.has(node), warnings: warningsOf(page, expectedF1) }
}

function warningsOf(page: Outline, expectedF1: number): PageWarning[] {
  if (page.root.words === 0) return [{ code: 'no_text', detail: 'The document has no text before its scripts run.' }]
  if (expectedF1 >= UNCERTAIN) return []
  return [
    {
      code: 'main_content_uncertain',
      detail: 'Nothing stands out as the main content; more was kept rather than less.',
    },
  ]
}

/** A table of values is content or it isn't: half of one helps nobody. */
function keepTablesWhole(page: Outline, words: readonly number[], chosen: Uint8Array): void {
  for (const box of page.boxes) {
    if (box.name !== 'table' || !(box.node instanceof Element) || isLayoutTable(box.node, rowsOf(box.node))) continue
    chosen.fill(keptShare(box, words, chosen) >= 0.5 ? 1 : 0, box.first, box.end)
  }
}

function keptShare(box: Box, words: readonly number[], chosen: Uint8Array): number {
  let kept = 0
  for (let index = box.first; index < box.end; index++) if (chosen[index] === 1) kept += words[index] ?? 0
  return box.words > 0 ? kept / box.words : 0
}

const HEADING = /^h[1-6]$/

/** What a heading announces decides about it: text without its heading has lost its name. From the end, so that headings in a row go together. */
function keepHeadingsOfKeptText(page: Outline, chosen: Uint8Array): void {
  for (let index = page.blocks.length - 2; index >= 0; index--) {
    if (HEADING.test(page.blocks[index]?.box.name ?? '') && chosen[index + 1] === 1) chosen[index] = 1
  }
}

/** How far out the text may stand that an image belongs to. */
const IMAGE_REACH = 4

/** Images without text in their line go with the text around them. */
function keepImagesOfKeptText(page: Outline, words: readonly number[], chosen: Uint8Array): void {
  page.blocks.forEach((block, index) => {
    if (block.measure.words > 0 || block.images === 0) return
    let box = block.box
    for (let step = 0; box.words === 0 && box.parent && step < IMAGE_REACH; step++) box = box.parent
    chosen[index] = keptShare(box, words, chosen) >= 0.5 ? 1 : 0
  })
}

/** The topmost nodes with nothing kept inside. */
function droppedNodes(page: Outline, chosen: Uint8Array): Set<ChildNode> {
  const dropped = new Set<ChildNode>()
  const keptBefore = new Uint32Array(chosen.length + 1)
  for (let index = 0; index < chosen.length; index++)
    keptBefore[index + 1] = (keptBefore[index] ?? 0) + (chosen[index] ?? 0)
  const holdsKept = (box: Box) => (keptBefore[box.end] ?? 0) > (keptBefore[box.first] ?? 0)
  for (const box of page.boxes) {
    if (box.node instanceof Element && !holdsKept(box) && !isRuleBetween(box, keptBefore)) dropped.add(box.node)
  }
  page.blocks.forEach((block, index) => {
    if (chosen[index] === 1) return
    for (const node of block.nodes) dropped.add(node)
  })
  return dropped
}

/** A rule has no text; it stays where it parts kept text from kept text. */
function isRuleBetween({ name, first, parent }: Box, keptBefore: Uint32Array): boolean {
  if (name !== 'hr' || !parent) return false
  const here = keptBefore[first] ?? 0
  return here > (keptBefore[parent.first] ?? 0) && (keptBefore[parent.end] ?? 0) > here
}
