/** A run of words; `same` ones stand in both versions. */
export interface WordRun {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** One block's part of a change. `from` and `to` are places in the list of blocks before and after. Plain JSON. */
export type BlockChange =
  | { kind: 'added'; key: string; under: string; to: number; text: string }
  | { kind: 'removed'; key: string; under: string; from: number; text: string }
  | { kind: 'moved'; key: string; under: string; from: number; to: number; text: string }
  | {
      kind: 'changed'
      key: string
      under: string
      from: number
      to: number
      before: string
      after: string
      words: readonly WordRun[]
    }

export interface ChangeSummary {
  /** Words. */
  added: number
  removed: number
  /** Blocks that only stand elsewhere. */
  moved: number
  /** Changed words / words of the longer version, 0 to 1. */
  changedRatio: number
}

export interface BlockDiff {
  /** In the order of the later version, removed ones where they stood. Blocks that stay are not listed. */
  blocks: readonly BlockChange[]
  summary: ChangeSummary
}
