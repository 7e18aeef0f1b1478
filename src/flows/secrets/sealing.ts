import { createHash, hkdfSync } from 'node:crypto'
import { Refusal } from '../problem.ts'

const VERSION = 'v1'
/** NIST SP 800-38D §8.2.2: 96 random bits, for far fewer than 2^32 messages of a key. */
const IV_BYTES = 12
const KEY_NAME_CHARACTERS = 8

interface SealingKey {
  name: string
  key: CryptoKey
}

const derived = new Map<string, Promise<SealingKey>>()

/**
 * Encrypts a text with AES-256-GCM under a key derived from the first secret (HKDF, RFC 5869). It opens only with the same
 * `context`, so that what was sealed for one crawl is of no use in another. The result is `v1.<key>.<iv>.<ciphertext>`.
 */
export async function seal(secrets: readonly string[], context: string, text: string): Promise<string> {
  const [secret] = secrets
  if (secret === undefined) throw noSecret()
  const { name, key } = await sealingKey(secret)
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = await crypto.subtle.encrypt(algorithm(iv, context), key, new TextEncoder().encode(text))
  return [VERSION, name, base64url(iv), base64url(new Uint8Array(sealed))].join('.')
}

/** Throws where no secret at hand has sealed it, or where it was changed. */
export async function unseal(secrets: readonly string[], context: string, sealed: string): Promise<string> {
  const [version, name, iv = '', ciphertext = ''] = sealed.split('.')
  const keys = await Promise.all(secrets.map(sealingKey))
  const found = keys.find((key) => key.name === name)
  if (version !== VERSION || !found)
    throw new Error(
      `nothing opens what was sealed with key ${name}: keep the old secret in LAPIS_ENCRYPTION_SECRET ("new,old")`,
    )
  const text = await crypto.subtle.decrypt(algorithm(bytesOf(iv), context), found.key, bytesOf(ciphertext))
  return new TextDecoder().decode(text)
}

function algorithm(iv: Uint8Array<ArrayBuffer>, context: string) {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(context) }
}

/** What a seal calls the key that opens it; it says nothing of the secret. */
export function keyName(secret: string): string {
  return createHash('sha256').update(`lapis-spider key name ${secret}`).digest('hex').slice(0, KEY_NAME_CHARACTERS)
}

function sealingKey(secret: string): Promise<SealingKey> {
  const name = keyName(secret)
  const known = derived.get(name)
  if (known) return known
  const bytes = new Uint8Array(hkdfSync('sha256', secret, '', 'lapis-spider sealing AES-256-GCM', 32))
  const making = crypto.subtle
    .importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
    .then((key) => ({ name, key }))
  derived.set(name, making)
  return making
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
}

function noSecret(): Refusal {
  const detail =
    'Credentials can not be kept here: the operator has to give LAPIS_ENCRYPTION_SECRET. POST /v1/scrape takes them, because it stores nothing.'
  return new Refusal(503, 'credentials_unavailable', detail)
}
