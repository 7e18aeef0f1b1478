import { sniffMediaType } from './sniff.ts'

/** First bytes of media that nothing here reads as text (MIME Sniffing §6; zstd: RFC 8878 §3.1.1). */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff'],
  ['image/gif', 'GIF8'],
  ['image/webp or audio', 'RIFF'],
  ['audio/mpeg', 'ID3'],
  ['application/ogg', 'OggS\0'],
  ['application/gzip', '\x1f\x8b\x08'],
  ['application/zstd', '\x28\xb5\x2f\xfd'],
]

/** What a body plainly is whatever it is declared as; undefined for all that may be text. */
export function mediaSignature(body: Uint8Array): string | undefined {
  const first = String.fromCharCode(...body.subarray(0, 8))
  const known = SIGNATURES.find(([, mark]) => first.startsWith(mark))
  // A text may begin with "RIFF", too.
  return known && sniffMediaType(body) === 'application/octet-stream' ? known[0] : undefined
}
