import type { Reason } from '../block.ts'
import type { BlockChange, ChangeSummary } from '../diff/change.ts'
import type { BlockMask } from '../rules.ts'
import type { Memory } from './memory.ts'

export type Verdict = 'baseline' | 'unchanged' | 'changed' | 'suppressed' | 'not_modified' | 'failed'

export type AlertKind = 'changed' | 'failing' | 'reminder' | 'recovered'

export interface FieldChange {
  name: string
  before: number | string | null
  after: number | string | null
}

/** What is told, and kept as the change's record. Plain JSON. */
export interface Change {
  blocks: readonly BlockChange[]
  fields: readonly FieldChange[]
  summary: ChangeSummary
}

/** A mask worth offering: what a block has done so far. */
export interface SuggestedMask extends BlockMask {
  /** Mean of Beta(changes + ½, checks − changes + ½). */
  likelihood: number
  example: string
}

/** State in, state and actions out: all that a check has to store and to tell, in one commit. */
export interface Decision {
  verdict: Verdict
  /** Code of the reason that decided. */
  reason: string
  /** Everything that had a say, the deciding one first. */
  reasons: readonly Reason[]
  /** To be stored in place of the former memory, whatever the verdict is. */
  memory: Memory
  /** What each alert is about; a check may tell that a page has recovered and changed. */
  alerts: readonly AlertKind[]
  /** With `changed`, always; with `suppressed`, what was not told. */
  change?: Change
  /** Look again after this time, outside the schedule, before anything is told. */
  recheckAfterMs?: number
  suggestedMasks: readonly SuggestedMask[]
}
