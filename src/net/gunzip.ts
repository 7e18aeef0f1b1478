import { concatenated } from '../domain/archive/concatenated.ts'

/** RFC 1952 §2.3.1: the two bytes that begin every gzip member. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Decompresses as far as the cap and no further; a damaged end loses only itself. */
export async function gunzipCapped(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  try {
    while (size < maxBytes) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      size += value.byteLength
    }
    if (size >= maxBytes) await reader.cancel()
  } catch {
    // What came before the damage is still worth reading.
  }
  return concatenated(chunks).subarray(0, maxBytes)
}
