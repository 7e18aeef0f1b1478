import { type ChildNode, Element, type ParentNode } from '../tree/nodes.ts'
import type { PageWarning } from '../page.ts'
import { decide } from './decide.ts'
import { examine } from './features.ts'
import { learnedEvidence } from './learned-evidence.ts'
import { logOdds } from './learned-forest.ts'
import { type Box, type Outline, outline } from './outline.ts'
import type { PageContext } from './page-features.ts'
import type { JudgedSelection } from './selection.ts'
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
  const examined = examine(page, context, learnedEvidence)
  const probabilities = smoothed(logOdds(examined), page, examined.templates.ofBox)
  const { chosen, expectedF1 } = decide(page, probabilities)
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
