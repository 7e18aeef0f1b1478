import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Mail } from '../../../src/contracts/mail.ts'
import { sendVerification } from '../../../src/flows/identity/verify-email.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from './query.ts'
import { PASSWORD, authorized, newEmail, newPerson, post, refusal } from './sign-in.ts'

/** The token of the letter that goes to an address where e-mail is set up. */
async function tokenFor(id: string, email: string): Promise<string> {
  const letters: Mail[] = []
  const sendMail = (mail: Mail) => Promise.resolve(void letters.push(mail))
  await sendVerification({ ...platformOf(env), sendMail, publicUrl: 'http://lapis.test' }, { id, email })
  expect(letters.map(({ to }) => to)).toEqual([email])
  return /lpv_[\w-]+/.exec(letters[0]?.text ?? '')?.[0] ?? ''
}

async function me(accessToken: string) {
  const response = await authorized(accessToken, '/v1/me')
  return response.json<{ user: { email: string }; emailVerified: boolean }>()
}

describe('an e-mail address', () => {
  it('is proven by the token of the letter, once', async () => {
    const { user, accessToken } = await newPerson()
    expect((await me(accessToken)).emailVerified).toBe(false)
    const token = await tokenFor(user.id, user.email)
    expect((await post('/v1/auth/email/verify', { token })).status).toBe(204)
    expect(await me(accessToken)).toMatchObject({ emailVerified: true, user: { email: user.email } })
    const again = await post('/v1/auth/email/verify', { token })
    expect(await refusal(again)).toEqual([400, 'invalid_verification_token'])
  })

  it("becomes the account's when the token that went to it comes back, and takes its place in the log", async () => {
    const { user, accessToken } = await newPerson()
    const email = newEmail()
    const token = await tokenFor(user.id, email)
    expect((await me(accessToken)).user.email).toBe(user.email)
    expect((await post('/v1/auth/email/verify', { token })).status).toBe(204)
    expect(await me(accessToken)).toMatchObject({ emailVerified: true, user: { email } })
    expect((await post('/v1/auth/login', { email, password: PASSWORD })).status).toBe(200)
    expect((await post('/v1/auth/login', { email: user.email, password: PASSWORD })).status).toBe(401)
    const log = await authorized(accessToken, '/v1/audit-events?action=email.changed')
    expect((await log.json<{ data: unknown[] }>()).data).toHaveLength(1)
  })

  it("is nobody's twice: who has taken it meanwhile keeps it", async () => {
    const { user } = await newPerson()
    const email = newEmail()
    const token = await tokenFor(user.id, email)
    await newPerson(email)
    expect(await refusal(await post('/v1/auth/email/verify', { token }))).toEqual([409, 'email_taken'])
  })

  it('is not proven by a token that is a day old', async () => {
    const { user } = await newPerson()
    const token = await tokenFor(user.id, user.email)
    await query(`UPDATE email_verifications SET expires_at = now() WHERE user_id = $1`, [user.id])
    expect((await post('/v1/auth/email/verify', { token })).status).toBe(400)
  })

  it('can not be proven where no e-mail is sent, which is said', async () => {
    const { accessToken } = await newPerson()
    const resend = await authorized(accessToken, '/v1/auth/email/resend', 'POST')
    expect(await refusal(resend)).toEqual([409, 'mail_not_set_up'])
    const wish = { email: newEmail(), password: PASSWORD }
    const change = await authorized(accessToken, '/v1/auth/email/change', 'POST', wish)
    expect(await refusal(change)).toEqual([409, 'mail_not_set_up'])
  })
})
