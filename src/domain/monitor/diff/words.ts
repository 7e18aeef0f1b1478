import type { WordRun } from './change.ts'
import { commonSubsequence } from './sequence.ts'

/** Scripts written without spaces, where a character stands for a word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const PIECES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu

/** The words of a text: what stands between whitespace, so that `$90.00` is one. */
export function wordsOf(text: string): string[] {
  if (UNSPACED.test(text)) return text.match(PIECES) ?? []
  return text.split(/\s+/).filter((word) => word !== '')
}

export interface WordDiff {
  runs: WordRun[]
  added: number
  removed: number
}

/** Two versions of one block, word by word. Joined by spaces the runs give both versions back, whitespace aside. */
export function wordDiff(before: string, after: string): WordDiff {
  const left = wordsOf(before)
  const right = wordsOf(after)
  const runs: WordRun[] = []
  const counts = { added: 0, removed: 0 }
  let from = 0
  let to = 0
  for (const match of [...commonSubsequence(left, right), { from: left.length, to: right.length }]) {
    counts.removed += match.from - from
    counts.added += match.to - to
    note(runs, 'removed', left.slice(from, match.from))
    note(runs, 'added', right.slice(to, match.to))
    note(runs, 'same', right.slice(match.to, match.to + 1))
    from = match.from + 1
    to = match.to + 1
  }
  return { runs, ...counts }
}

function note(runs: WordRun[], kind: WordRun['kind'], words: readonly string[]): void {
  if (words.length === 0) return
  const last = runs.at(-1)
  const text = words.join(' ')
  if (last?.kind === kind) last.text += ` ${text}`
  else runs.push({ kind, text })
}
