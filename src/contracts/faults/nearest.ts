/** Two slips of the fingers: more, and it was another word. */
const MOST_SLIPS = 2

/** The name that was most likely meant, if one is near; upper and lower case and the sign between words make no difference. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, slips: slips(plain(written), plain(name)) }))
    .filter(({ slips: count }) => count <= MOST_SLIPS)
    .toSorted((one, other) => one.slips - other.slips)
  return best?.name
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

/** Levenshtein's distance; too far where the lengths tell already. */
function slips(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MOST_SLIPS) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [at, letter] of Array.from(one).entries()) {
    const next = [at + 1]
    for (const [index, against] of Array.from(other).entries())
      next.push(
        Math.min((next[index] ?? 0) + 1, (row[index + 1] ?? 0) + 1, (row[index] ?? 0) + (letter === against ? 0 : 1)),
      )
    row = next
  }
  return row.at(-1) ?? 0
}
