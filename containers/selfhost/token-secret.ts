import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SECRET_BYTES = 32

/** What access tokens are signed with: as chosen, else as kept since the first start, else new. Another one signs everybody out. */
export function tokenSecret(dataDirectory: string, chosen: string | undefined): string {
  if (chosen !== undefined) return chosen
  const path = join(dataDirectory, 'token-secret')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  writeFileSync(path, `${secret}\n`, { mode: 0o600 })
  return secret
}
