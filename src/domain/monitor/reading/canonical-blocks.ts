import type { Block } from '../block.ts'
import type { MonitorRules } from '../rules.ts'
import { canonicalText } from './canonical-text.ts'
import type { Masked } from './reading.ts'

export interface CanonicalBlocks {
  blocks: Block[]
  masked: Masked[]
}

/** Blocks as they are compared, and what was put out of them. */
export function canonicalBlocks(found: readonly Block[], rules: MonitorRules): CanonicalBlocks {
  const normalise = rules.normalise ?? {}
  const blocks: Block[] = []
  const masked: Masked[] = []
  for (const block of found) {
    const { text, masked: here } = canonicalText(block.text, block.under, normalise)
    for (const each of here) masked.push({ key: block.key, ...each })
    if (text !== '') blocks.push({ ...block, text })
  }
  return { blocks, masked }
}
