/** FNV-1a, 32 bits: the same monitor has the same place in its interval for ever, on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  // Ids that differ in one digit only must not be neighbours: two rounds of avalanche (MurmurHash3's finalizer).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Where in 0 … 1 (excluded) a monitor has its place. */
export function placeOf(monitorId: string): number {
  return hashOf(monitorId) / 2 ** 32
}
