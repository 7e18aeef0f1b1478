import { createHash } from 'node:crypto'

const KEY_HEX_DIGITS = 32

/** What a page is recognised by in Postgres, as hex: enough of SHA-256 that no two will ever meet. */
export function contentKey(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, KEY_HEX_DIGITS)
}

export function contentHash(body: Uint8Array): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}
