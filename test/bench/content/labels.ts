/**
 * How much of each block belongs to the main text, 0 to 1, found by aligning the blocks with the text that people marked:
 * long blocks by their word triples, short ones by the words that the long ones left over.
 */
export function labelBlocks(blocks: readonly (readonly string[])[], gold: readonly string[]): number[] {
  const grams = new Map<string, number>()
  for (let at = 0; at + 2 < gold.length; at++) count(grams, gram(gold, at), 1)
  const left = new Map<string, number>()
  for (const word of gold) count(left, word, 1)
  const labels = blocks.map(() => 0)
  const order = blocks.map((_, index) => index).toSorted((a, b) => (blocks[b]?.length ?? 0) - (blocks[a]?.length ?? 0))
  for (const index of order) {
    const words = blocks[index] ?? []
    const label = words.length >= 3 ? byGrams(words, grams) : 0
    labels[index] = label
    if (label > 0.5) for (const word of words) count(left, word, -1)
  }
  const joined = ` ${gold.join(' ')} `
  blocks.forEach((words, index) => {
    if (words.length === 0 || words.length >= 3) return
    const found = words.every((word) => (left.get(word) ?? 0) > 0) && joined.includes(` ${words.join(' ')} `)
    if (!found) return
    labels[index] = 1
    for (const word of words) count(left, word, -1)
  })
  return labels
}

function gram(words: readonly string[], at: number): string {
  return `${words[at]} ${words[at + 1]} ${words[at + 2]}`
}

function byGrams(words: readonly string[], grams: Map<string, number>): number {
  let found = 0
  for (let at = 0; at + 2 < words.length; at++) {
    const key = gram(words, at)
    const available = grams.get(key) ?? 0
    if (available <= 0) continue
    grams.set(key, available - 1)
    found++
  }
  return found / (words.length - 2)
}

function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}
