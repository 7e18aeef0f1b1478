import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What may be shipped together with Apache-2.0 code, by what it asks for: naming its authors at most. */
const PERMISSIVE = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'Zlib'])
/** Only used while we work on it, and as they are: nothing of them is in what is shipped. */
const FOR_DEVELOPMENT = new Set([...PERMISSIVE, 'LGPL-3.0-or-later', 'MPL-2.0', 'Unlicense'])

interface Package {
  license?: string
  dev?: boolean
}

/** Packages of the lock file whose licence nobody has agreed to, with what it says. */
export function licenceFaults(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Package>
  }
  return Object.entries(packages).flatMap(([place, { license = 'none', dev = false }]) => {
    if (place === '' || isAgreed(license, dev ? FOR_DEVELOPMENT : PERMISSIVE)) return []
    return [`${place}: ${license} is not among the licences of test/architecture/licences.ts`]
  })
}

/** SPDX: of an OR one is enough, of an AND all are needed. */
export function isAgreed(expression: string, agreed: ReadonlySet<string>): boolean {
  const plain = expression.replaceAll(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => agreed.has(licence.trim())))
}
