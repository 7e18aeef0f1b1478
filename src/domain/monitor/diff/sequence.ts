/** A place in both sequences where they agree. */
export interface Match {
  from: number
  to: number
}

/** Edit steps that are searched for; past them the rest counts as replaced. Bounds a comparison to some 10 ms. */
const MOST_STEPS = 1_000

/**
 * A longest common subsequence by Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986), common ends cut off
 * first. Sequences further apart than the bound agree at their ends alone.
 */
export function commonSubsequence(before: readonly string[], after: readonly string[]): Match[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let tail = 0
  const room = Math.min(before.length, after.length) - start
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const matches: Match[] = run(0, 0, start)
  const middle = myers(before.slice(start, before.length - tail), after.slice(start, after.length - tail))
  for (const { from, to } of middle) matches.push({ from: from + start, to: to + start })
  return [...matches, ...run(before.length - tail, after.length - tail, tail)]
}

function run(from: number, to: number, length: number): Match[] {
  return Array.from({ length }, (_, index) => ({ from: from + index, to: to + index }))
}

function myers(before: readonly string[], after: readonly string[]): Match[] {
  const most = Math.min(before.length + after.length, MOST_STEPS)
  const middle = most + 1
  const reach = new Int32Array(2 * middle + 1)
  const trail: Int32Array[] = []
  for (let steps = 0; steps <= most; steps++) {
    trail.push(reach.slice(middle - steps - 1, middle + steps + 2))
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let from =
        steps === 0 ? 0 : furthest(reach, middle + diagonal, Math.abs(diagonal) === steps ? Math.sign(diagonal) : 0)
      while (from < before.length && from - diagonal < after.length && before[from] === after[from - diagonal]) from++
      reach[middle + diagonal] = from
      if (from >= before.length && from - diagonal >= after.length) return walkBack(trail, before.length, after.length)
    }
  }
  return []
}

/** Where a diagonal is entered: from the one above or the one below, whichever reached further. `edge`: only one exists. */
function furthest(reach: Int32Array, at: number, edge: number): number {
  const right = (reach[at - 1] ?? 0) + 1
  const down = reach[at + 1] ?? 0
  if (edge < 0) return down
  if (edge > 0) return right
  return right > down ? right : down
}

function walkBack(trail: readonly Int32Array[], fromEnd: number, toEnd: number): Match[] {
  const matches: Match[] = []
  let from = fromEnd
  let to = toEnd
  for (let steps = trail.length - 1; steps > 0; steps--) {
    const reach = trail[steps] ?? new Int32Array()
    const diagonal = from - to
    const at = diagonal + steps + 1
    const down = diagonal === -steps || (diagonal !== steps && (reach[at - 1] ?? 0) + 1 <= (reach[at + 1] ?? 0))
    const entered = down ? (reach[at + 1] ?? 0) : (reach[at - 1] ?? 0) + 1
    while (from > entered) matches.push({ from: --from, to: --to })
    if (down) to--
    else from--
  }
  while (from > 0 && to > 0) matches.push({ from: --from, to: --to })
  return matches.reverse()
}
