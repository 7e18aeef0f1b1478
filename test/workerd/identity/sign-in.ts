import { exports } from 'cloudflare:workers'
import { expect } from 'vitest'

export interface SignedIn {
  user: { id: string; email: string; name: string | null }
  workspace: { id: string; name: string; role: string }
  accessToken: string
  refreshToken: string
  expiresIn: number
}

export const PASSWORD = 'violet kettle 52 harbour'

/** Of this file's own: others count their failures in the same database. */
const NETWORK = `2001:db8:${Math.floor(Math.random() * 0x10000).toString(16)}`
let addresses = 0

/** Each person of the tests comes from a network of their own (RFC 3849). */
export function newAddress(): string {
  addresses += 1
  return `${NETWORK}:${addresses.toString(16)}::1`
}

export function newEmail(): string {
  return `person-${crypto.randomUUID()}@example.test`
}

export function post(path: string, body: unknown, address: string = newAddress()): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cf-connecting-ip': address },
    body: JSON.stringify(body),
  })
}

export async function newPerson(email = newEmail(), address = newAddress()): Promise<SignedIn> {
  const response = await post('/v1/auth/register', { email, password: PASSWORD }, address)
  expect(response.status, await response.clone().text()).toBe(201)
  return response.json<SignedIn>()
}

export function authorized(token: string, path: string, method = 'GET', body?: unknown): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

export async function refusal(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json<{ code: string }>()).code]
}
