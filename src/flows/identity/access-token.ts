import { createHash, hkdfSync } from 'node:crypto'
import { type CryptoKey, type JWK, SignJWT, calculateJwkThumbprint, errors, importJWK, jwtVerify } from 'jose'
import { z } from 'zod'
import { Refusal } from '../problem.ts'

export const ACCESS_TOKEN_SECONDS = 15 * 60

const ALGORITHM = 'EdDSA'
const ISSUER = 'lapis-spider'
const AUDIENCE = 'lapis-spider-api'
const CLOCK_SKEW_SECONDS = 5

/** Who signed in, and by which sign-in. What they may do is asked of the database, so that it can change. */
export interface SignIn {
  userId: string
  sessionId: string
}

interface SigningKey {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
}

const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() })

/** RFC 8410 §7: an Ed25519 private key in PKCS #8 is this, followed by its 32 bytes. */
const PKCS8_ED25519 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

const derived = new Map<string, Promise<SigningKey>>()

/** Signs with the first secret; the others are older ones, whose tokens stay good until they expire. */
export async function signAccessToken(secrets: readonly string[], signIn: SignIn, now: Date): Promise<string> {
  const [secret] = secrets
  if (secret === undefined) throw noSecret()
  const { kid, privateKey } = await signingKey(secret)
  const issuedAt = Math.floor(now.getTime() / 1_000)
  return new SignJWT({ sid: signIn.sessionId })
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'at+jwt' })
    .setSubject(signIn.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_TOKEN_SECONDS)
    .sign(privateKey)
}

/** Undefined for whatever is not a token of ours that is still good. */
export async function readAccessToken(
  secrets: readonly string[],
  token: string,
  now: Date,
): Promise<(SignIn & { expiresAt: Date }) | undefined> {
  const keys = await Promise.all(secrets.map(signingKey))
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => publicKeyOf(keys, kid), {
      algorithms: [ALGORITHM],
      typ: 'at+jwt',
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'iat'],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: now,
    })
    const { sub, sid, exp } = Claims.parse(payload)
    return { userId: sub, sessionId: sid, expiresAt: new Date((exp + CLOCK_SKEW_SECONDS) * 1_000) }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined
    throw error
  }
}

function publicKeyOf(keys: readonly SigningKey[], kid: string | undefined): CryptoKey {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (!key) throw new errors.JWKSNoMatchingKey()
  return key.publicKey
}

/** The key pair is derived from the secret: there is nothing to store, and every isolate has the same. */
function signingKey(secret: string): Promise<SigningKey> {
  const name = createHash('sha256').update(secret).digest('hex')
  const known = derived.get(name)
  if (known) return known
  const making = deriveKey(secret)
  derived.set(name, making)
  return making
}

async function deriveKey(secret: string): Promise<SigningKey> {
  const seed = new Uint8Array(hkdfSync('sha256', secret, '', 'lapis-spider access token Ed25519', 32))
  const pkcs8 = new Uint8Array([...PKCS8_ED25519, ...seed])
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, true, ['sign'])
  const { kty, crv, x } = (await crypto.subtle.exportKey('jwk', privateKey)) as JWK & { kty: string }
  const publicJwk: JWK = { kty, ...(crv && { crv }), ...(x && { x }) }
  const publicKey = (await importJWK(publicJwk, ALGORITHM)) as CryptoKey
  return { kid: await calculateJwkThumbprint(publicJwk), privateKey, publicKey }
}

function noSecret(): Refusal {
  const detail = 'Signing in is not set up here: the operator has to give LAPIS_TOKEN_SECRET. API keys work.'
  return new Refusal(503, 'sign_in_unavailable', detail)
}
