import { createHash } from 'node:crypto'

const KEY_BYTES = 16

/** What a page is recognised by in Postgres: enough of SHA-256 that no two will ever meet. */
export function contentKey(content: string | Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(content).digest().subarray(0, KEY_BYTES))
}

export function contentHash(body: Uint8Array): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
