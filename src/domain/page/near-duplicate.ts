/** Manku et al. 2007, §4: of 64 bits, 3 tell near-duplicates of pages best from other pages. */
export const NEAR_DUPLICATE_BITS = 3

/** Whether two SimHashes are those of nearly the same text. */
export function areNearDuplicates(one: bigint, other: bigint): boolean {
  let apart = BigInt.asUintN(64, one ^ other)
  let bits = 0
  // Kernighan: each step clears the lowest bit that is set.
  for (; apart !== 0n && bits <= NEAR_DUPLICATE_BITS; bits++) apart &= apart - 1n
  return bits <= NEAR_DUPLICATE_BITS
}
