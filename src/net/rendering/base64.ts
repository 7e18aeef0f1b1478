/** Arguments that a call can take at once; more would end the stack. */
const CHUNK_BYTES = 32_768

/** The DevTools protocol carries bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES)
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES))
  return btoa(binary)
}
