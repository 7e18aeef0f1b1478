import type { Box, Outline, TextBlock } from './outline.ts'

/** Runs of fewer words are phrases that recur. */
const RUN_WORDS = 10
/** What stands on a page more often than that is no copy for other screens, but part of each of several things. */
const MOST_TIMES = 3
/** Values may be alike, and code may repeat itself. */
const VALUES = new Set(['td', 'th', 'dt', 'dd', 'pre'])
const VALUE_REACH = 6

/**
 * Of what a page says two or three times the first is kept: a description for small screens and again for large ones, the
 * post that a reply quotes. Copies stand apart from what they repeat; a refrain stands in the same box, and stays.
 */
export function dropCopies({ blocks }: Outline, chosen: Uint8Array): void {
  const kept = blocks.filter(({ index, measure }) => chosen[index] === 1 && measure.words > 0)
  const times = new Map<number, number>()
  for (const { measure } of kept) times.set(measure.hash, (times.get(measure.hash) ?? 0) + 1)
  if (times.size === kept.length) return
  const firsts = new Map<number, TextBlock>()
  let run: TextBlock[] = []
  for (const block of kept) {
    const { hash } = block.measure
    const first = firsts.get(hash)
    if (first && isApart(first.box, block.box) && (times.get(hash) ?? 0) <= MOST_TIMES && !isValue(block.box)) {
      run.push(block)
      continue
    }
    if (!first) firsts.set(hash, block)
    dropRun(run, chosen)
    run = []
  }
  dropRun(run, chosen)
}

function dropRun(run: readonly TextBlock[], chosen: Uint8Array): void {
  if (run.reduce((sum, { measure }) => sum + measure.words, 0) < RUN_WORDS) return
  for (const { index } of run) chosen[index] = 0
}

function isApart(one: Box, other: Box): boolean {
  return one !== other && one.parent !== other.parent && one.parent !== other && one !== other.parent
}

function isValue(box: Box): boolean {
  let around: Box | null = box
  for (let step = 0; around && step < VALUE_REACH; step++) {
    if (VALUES.has(around.name)) return true
    around = around.parent
  }
  return false
}
