/** Below this a page is hardly worth cutting: what it loses shows. */
export const FEW_WORDS = 150
const SURELY_NONE = 0.2

export interface Choice {
  /** 1 for each block that is kept. */
  chosen: Uint8Array
  expectedF1: number
}

/**
 * Which blocks to keep so that the expected F1 of the page's words is highest: by falling probability, as long as each
 * more raises it. With that there is no threshold to tune: on a page that is uncertain throughout, more is kept. A page of
 * few words is hardly worth cutting: of that one all is kept but what is surely no content.
 */
export function choose(probabilities: Float32Array, words: readonly number[]): Choice {
  const order = Array.from(probabilities, (_, index) => index).sort(
    (a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0),
  )
  let expected = 0
  for (const index of order) expected += (words[index] ?? 0) * (probabilities[index] ?? 0)
  let main = 0
  let kept = 0
  let best = 0
  let count = 0
  for (const [position, index] of order.entries()) {
    main += (words[index] ?? 0) * (probabilities[index] ?? 0)
    kept += words[index] ?? 0
    const f1 = kept + expected > 0 ? (2 * main) / (kept + expected) : 0
    if (f1 >= best) {
      best = f1
      count = position + 1
    }
  }
  const chosen = new Uint8Array(probabilities.length)
  for (const index of order.slice(0, count)) chosen[index] = 1
  if (words.reduce((sum, own) => sum + own, 0) < FEW_WORDS)
    probabilities.forEach((probability, index) => probability >= SURELY_NONE && (chosen[index] = 1))
  return { chosen, expectedF1: best }
}
