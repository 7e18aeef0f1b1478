import { describe, expect, it } from 'vitest'
import { query } from './query.ts'
import { PASSWORD, type SignedIn, authorized, newAddress, newEmail, newPerson, post, refusal } from './sign-in.ts'

// scrypt of PASSWORD at N=1024, r=8, p=1 with 32 zeros as the salt, computed with Node's crypto.
const CHEAP_HASH =
  'scrypt$1024$8$1$00000000000000000000000000000000$83e14485211d2646ee62b1d7d9dd1e3a4a31cf7eb1c4679a27e062d635833797'

const WRONG = 'wrong kettle 52 harbour'

function logIn(email: string, password: string, address: string): Promise<Response> {
  return post('/v1/auth/login', { email, password }, address)
}

async function failures(count: number, email: string, address: string): Promise<number[]> {
  const statuses: number[] = []
  for (let i = 0; i < count; i += 1) statuses.push((await logIn(email, WRONG, address)).status)
  return statuses
}

describe('POST /v1/auth/login', () => {
  it('signs in, whatever the case of the e-mail', async () => {
    const { user } = await newPerson()
    const response = await logIn(user.email.toUpperCase(), PASSWORD, newAddress())
    expect(response.status).toBe(200)
    const signedIn = await response.json<SignedIn>()
    expect(signedIn.user).toEqual(user)
    expect((await authorized(signedIn.accessToken, '/v1/me')).status).toBe(200)
  })

  it('answers an unknown e-mail like a wrong password, in about the same time', async () => {
    const { user } = await newPerson()
    const address = newAddress()
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let i = 0; i < 4; i += 1) {
      known.push(await timed(() => logIn(user.email, WRONG, address)))
      unknown.push(await timed(() => logIn(newEmail(), WRONG, address)))
    }
    // A lookup alone takes a tenth of this; the quickest of several is what the machine's other work disturbs least.
    expect(Math.min(...unknown) / Math.min(...known)).toBeGreaterThan(0.5)
    expect(Math.min(...unknown) / Math.min(...known)).toBeLessThan(2)
  })

  it('makes the hash anew when it was made at another cost', async () => {
    const { user } = await newPerson()
    await query('UPDATE users SET password_hash = $2 WHERE id = $1', [user.id, CHEAP_HASH])
    expect((await logIn(user.email, PASSWORD, newAddress())).status).toBe(200)
    const [row] = await query('SELECT password_hash FROM users WHERE id = $1', [user.id])
    expect(row?.['password_hash']).toMatch(/^scrypt\$16384\$8\$5\$/)
    expect((await logIn(user.email, PASSWORD, newAddress())).status).toBe(200)
  })
})

async function timed(act: () => Promise<Response>): Promise<number> {
  const startedAt = performance.now()
  const [status, code] = await refusal(await act())
  expect([status, code]).toEqual([401, 'invalid_credentials'])
  return performance.now() - startedAt
}

describe('failed logins', () => {
  it('close an account after 5 in 15 minutes, for the right password too, and open it again', async () => {
    const { user } = await newPerson()
    const address = newAddress()
    expect(await failures(5, user.email, address)).toEqual([401, 401, 401, 401, 401])
    const closed = await logIn(user.email, PASSWORD, address)
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(840)
    expect(Number(closed.headers.get('retry-after'))).toBeLessThanOrEqual(900)
    expect(await refusal(closed)).toEqual([429, 'too_many_attempts'])
    await query(`UPDATE login_attempts SET since = since - interval '15 minutes'`)
    expect((await logIn(user.email, PASSWORD, address)).status).toBe(200)
  })

  it('are counted before they fail, so that simultaneous guesses are no way around', async () => {
    const { user } = await newPerson()
    const address = newAddress()
    const answers = await Promise.all(Array.from({ length: 15 }, () => logIn(user.email, WRONG, address)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  })

  it('are forgotten by a right password', async () => {
    const { user } = await newPerson()
    const address = newAddress()
    for (let i = 0; i < 2; i += 1) {
      await failures(4, user.email, address)
      expect((await logIn(user.email, PASSWORD, address)).status).toBe(200)
    }
  })

  it('elsewhere do not close an account where its person has signed in before', async () => {
    const home = newAddress()
    const { user } = await newPerson(newEmail(), home)
    expect(await failures(6, user.email, newAddress())).toEqual([401, 401, 401, 401, 401, 429])
    expect((await logIn(user.email, PASSWORD, newAddress())).status).toBe(429)
    expect((await logIn(user.email, PASSWORD, home)).status).toBe(200)
  })

  it('close an address after 20, whatever the accounts, and no account through it', async () => {
    const address = newAddress()
    const { user } = await newPerson(newEmail(), newAddress())
    for (let i = 0; i < 20; i += 1) expect(await failures(1, newEmail(), address)).toEqual([401])
    expect(await failures(6, user.email, address)).toEqual([429, 429, 429, 429, 429, 429])
    expect((await logIn(user.email, PASSWORD, newAddress())).status).toBe(200)
  })

  it('of an account that does not exist are counted as well, so that a 429 tells nothing', async () => {
    const email = newEmail()
    expect(await failures(6, email, newAddress())).toEqual([401, 401, 401, 401, 401, 429])
  })
})
