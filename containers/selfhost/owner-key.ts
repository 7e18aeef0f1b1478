import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface OwnerKey {
  key: string
  /** The file it is kept in. */
  path: string
  /** Made by this start, so nobody has seen it yet. */
  isNew: boolean
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 40 characters of base 62 are 238 bits. */
const RANDOM_CHARACTERS = 40

/** The key that was chosen, else the one kept since the first start, else a new one. */
export function ownerKey(dataDirectory: string, chosen: string | undefined): OwnerKey {
  const path = join(dataDirectory, 'owner-key')
  const kept = readKept(path)
  const key = chosen ?? kept ?? `lps_${randomBase62(RANDOM_CHARACTERS)}`
  if (key !== kept) writeFileSync(path, `${key}\n`, { mode: 0o600 })
  return { key, path, isNew: kept === undefined && chosen === undefined }
}

function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

function randomBase62(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 = 4 × 62: what lies above would make the first characters likelier than the rest.
      if (byte < 248 && text.length < length) text += BASE62[byte % 62]
    }
  }
  return text
}
