import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What secrets look like that are found in public code most. */
const SECRETS: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60}/],
  ['a Slack token or webhook', /\bxox[abprs]-[A-Za-z0-9-]{20}|hooks\.slack\.com\/services\/T[A-Z0-9]{8}/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{20}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['an API key of ours', /\blps_(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Z])[A-Za-z0-9_-]{40}/],
  ['a JWT', /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20}/],
]
/** Made for a site of the tests, and known to the world. */
const NO_SECRETS = new Set(['test/fixtures/sites/self-signed.ts'])
const MAX_FILE_CHARACTERS = 2_000_000

/** Places in committed files that look like a secret. */
export function secretFaults(root: string): string[] {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')
  return files
    .filter((file) => file !== '' && !NO_SECRETS.has(file))
    .flatMap((file) => faultsOf(file, textOf(join(root, file))))
}

export function faultsOf(file: string, text: string): string[] {
  return SECRETS.flatMap(([what, shape]) => {
    const found = shape.exec(text)
    return found ? [`${file}:${text.slice(0, found.index).split('\n').length}: looks like ${what}`] : []
  })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1').slice(0, MAX_FILE_CHARACTERS)
  } catch {
    // Deleted, and not committed yet.
    return ''
  }
}
