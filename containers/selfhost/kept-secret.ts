import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SECRET_BYTES = 32

/** A secret of this platform: as chosen, else as kept in the data directory since the first start, else new. */
export function keptSecret(dataDirectory: string, fileName: string, chosen: string | undefined): string {
  if (chosen !== undefined) return chosen
  const path = join(dataDirectory, fileName)
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  writeFileSync(path, `${secret}\n`, { mode: 0o600 })
  return secret
}
