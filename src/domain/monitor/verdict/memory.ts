import type { Block } from '../block.ts'
import type { PriceReading } from '../reading/reading.ts'

/** What a monitor remembers from check to check. Plain JSON, kept in one column; only `decide` reads or writes it. */
export interface Memory {
  version: 1
  /** Fingerprint of the rules under which all this was seen. */
  rules: string
  /** null until the first check that could be read. */
  baseline: Baseline | null
  /** While a condition holds alerts back: the page as it was when that began. */
  heldBack: readonly Block[] | null
  /** Fingerprint of the page when it was last read. */
  latest: string | null
  /** Whether the trigger's conditions held when the page was last read. */
  conditionsMet: boolean
  /** Fingerprints of states that were told, newest last. */
  knownStates: readonly string[]
  /** A change that waits to be seen again. */
  pending: { since: number; seen: number } | null
  failures: Failures
  price: PriceMemory | null
  /** Fingerprints of all texts seen so far; kept only where the rules ask for new text alone. */
  seenTexts: readonly string[]
  /** Newest last: whether each of the last checks found another state than the one before. */
  flips: readonly boolean[]
  flapping: boolean
  volatility: Volatility
}

/** What the next change is measured from: the page as it was last told of. */
export interface Baseline {
  blocks: readonly Block[]
  fields: Readonly<Record<string, number | string | null>>
  at: number
}

export interface Failures {
  /** In a row. */
  count: number
  code: string | null
  /** When `failing` was told, and when last reminded; null while nobody was told. */
  toldAt: number | null
}

export interface PriceMemory {
  /** The amount that was last told, or the first. */
  told: number | null
  stock: PriceReading['stock']
  /** Whether the amount was at or past each bound when last seen. */
  isBelow: boolean
  isAbove: boolean
}

/** Checks in all, and the changes of each block that has ever changed. */
export interface Volatility {
  checks: number
  /** Text of each block when last read, by key: fingerprints. */
  last: Readonly<Record<string, string>>
  changes: Readonly<Record<string, number>>
}

export const FIRST_MEMORY: Omit<Memory, 'rules'> = {
  version: 1,
  baseline: null,
  heldBack: null,
  latest: null,
  conditionsMet: false,
  knownStates: [],
  pending: null,
  failures: { count: 0, code: null, toldAt: null },
  price: null,
  seenTexts: [],
  flips: [],
  flapping: false,
  volatility: { checks: 0, last: {}, changes: {} },
}
