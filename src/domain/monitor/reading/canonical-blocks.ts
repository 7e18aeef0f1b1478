import type { Block } from '../block.ts'
import type { BlockMask, MonitorRules } from '../rules.ts'
import { shapeOf } from '../value-shape.ts'
import { canonicalText } from './canonical-text.ts'
import { withoutIgnored } from './ignored.ts'
import type { Masked } from './reading.ts'

export interface CanonicalBlocks {
  blocks: Block[]
  masked: Masked[]
}

/** Blocks as they are compared, and what was put out of them. */
export function canonicalBlocks(found: readonly Block[], rules: MonitorRules): CanonicalBlocks {
  const { sort = false, dedupe = false, masks = [], ...normalise } = rules.normalise ?? {}
  const masked: Masked[] = []
  const { ignore = [] } = rules
  const kept = ignore.length === 0 ? found : withoutIgnored(found.map(unified), ignore, masked)
  const byKey = new Map(masks.map((mask) => [mask.key, mask]))
  const blocks: Block[] = []
  for (const block of kept) {
    const { text, masked: here } = canonicalText(block.text, block.under, normalise)
    for (const each of here) masked.push({ key: block.key, ...each })
    if (text !== '') blocks.push(withMask({ ...block, text }, byKey.get(block.key), masked))
  }
  const ordered = sort ? blocks.sort(byText) : blocks
  return { blocks: dedupe ? uniqueTexts(ordered) : ordered, masked }
}

function unified(block: Block): Block {
  return { ...block, text: block.text.normalize('NFKC') }
}

/** A value that has taken another shape is told: a mask hides what it was accepted for. */
function withMask(block: Block, mask: BlockMask | undefined, masked: Masked[]): Block {
  if (!mask || shapeOf(block.text) !== mask.shape) return block
  masked.push({ key: block.key, kind: 'learned', value: block.text })
  return { ...block, text: `[${mask.shape}]` }
}

function byText(one: Block, other: Block): number {
  return one.text < other.text ? -1 : one.text === other.text ? 0 : 1
}

function uniqueTexts(blocks: readonly Block[]): Block[] {
  const seen = new Set<string>()
  return blocks.filter(({ text }) => !seen.has(text) && seen.add(text))
}
