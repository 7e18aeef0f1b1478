import type { Outline, TextBlock } from './outline.ts'

const OWN = 0.5
const TEMPLATE = 0.3
const NEAR = 0.2

/**
 * The probability of each block to be main content, from its log odds: half by its own, the rest by the mean of all that
 * its template made on the page, and of what stands two boxes around it. So one post of a thread goes with the others.
 */
export function smoothed(logOdds: Float32Array, { blocks, boxes }: Outline, templateOf: Int32Array): Float32Array {
  const ofTemplate = means(logOdds, boxes.length, (index) => templateOf[blocks[index]?.box.id ?? 0] ?? 0)
  const near = means(logOdds, boxes.length, (index) => twoAround(blocks[index]))
  return logOdds.map((own, index) => {
    const sum = own * OWN + (ofTemplate[index] ?? 0) * TEMPLATE + (near[index] ?? 0) * NEAR
    return 1 / (1 + Math.exp(-sum))
  })
}

function twoAround(block: TextBlock | undefined): number {
  return block?.box.parent?.parent?.id ?? 0
}

/** For each block the mean over its group. */
function means(values: Float32Array, groups: number, groupOf: (index: number) => number): Float64Array {
  const sums = new Float64Array(groups)
  const counts = new Float64Array(groups)
  values.forEach((value, index) => {
    const group = groupOf(index)
    sums[group] = (sums[group] ?? 0) + value
    counts[group] = (counts[group] ?? 0) + 1
  })
  return Float64Array.from(values, (_, index) => (sums[groupOf(index)] ?? 0) / (counts[groupOf(index)] ?? 1))
}
