import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

interface Cost {
  /** CPU and memory: 128 · N · r bytes. */
  N: number
  r: number
  p: number
}

/** OWASP Password Storage Cheat Sheet's 16 MB choice; its larger ones do not fit beside others in an isolate of 128 MB. */
const COST: Cost = { N: 16_384, r: 8, p: 5 }
const SALT_BYTES = 16
const KEY_BYTES = 32
const MAX_MEMORY_BYTES = 64 * 1024 * 1024

/** What an unknown account is compared with, so that it takes as long as a known one: no password has this hash. */
const DECOY = written(COST, '0'.repeat(2 * SALT_BYTES), '0'.repeat(2 * KEY_BYTES))

/** `scrypt$N$r$p$salt$key`: the parameters stay with the hash, so that they can grow. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES).toString('hex')
  return written(COST, salt, await derive(password, salt, COST))
}

/** As slow for an account that is not there (`undefined`) as for one that is. */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const { cost, salt, key } = read(hash ?? DECOY)
  const derived = await derive(password, salt, cost)
  return isSame(derived, key) && hash !== undefined
}

/** Whether it was made at another cost than today's. */
export function isOutdated(hash: string): boolean {
  const { cost } = read(hash)
  return cost.N !== COST.N || cost.r !== COST.r || cost.p !== COST.p
}

function written({ N, r, p }: Cost, salt: string, key: string): string {
  return ['scrypt', N, r, p, salt, key].join('$')
}

function read(hash: string): { cost: Cost; salt: string; key: string } {
  const [, N, r, p, salt = '', key = ''] = hash.split('$')
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt, key }
}

/** The key in hex. The salt is used as it is written, as the text that its hex digits are. */
function derive(password: string, salt: string, cost: Cost): Promise<string> {
  // NFKC, so that the same letters typed on another keyboard are the same password (NIST SP 800-63B §5.1.1.2).
  const letters = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(letters, salt, KEY_BYTES, { ...cost, maxmem: MAX_MEMORY_BYTES }, (error, key) => {
      if (error) reject(error)
      else resolve(key.toString('hex'))
    })
  })
}

function isSame(one: string, other: string): boolean {
  const [ours, theirs] = [new TextEncoder().encode(one), new TextEncoder().encode(other)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
