import { createHash } from 'node:crypto'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { forgotPassword } from '../../../src/flows/identity/change-password.ts'
import type { Mail } from '../../../src/contracts/mail.ts'
import { sweep } from '../../../workers/cron/sweep.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from './query.ts'
import { PASSWORD, authorized, newAddress, newEmail, newPerson, post, refusal } from './sign-in.ts'

const NEW_PASSWORD = 'amber lantern 71 estuary'

function logIn(email: string, password: string): Promise<Response> {
  return post('/v1/auth/login', { email, password })
}

/** What /v1/auth/password/forgot does where e-mail is set up, with the letters that it sends. */
async function forgot(email: string): Promise<Mail[]> {
  const letters: Mail[] = []
  const sendMail = (mail: Mail) => Promise.resolve(void letters.push(mail))
  const from = { address: newAddress(), network: newAddress(), userAgent: null }
  await forgotPassword({ ...platformOf(env), sendMail, publicUrl: 'http://lapis.test' }, email, from)
  return letters
}

async function resetToken(email: string): Promise<string> {
  const [letter] = await forgot(email)
  expect(letter?.to).toBe(email)
  return /lpp_[\w-]+/.exec(letter?.text ?? '')?.[0] ?? ''
}

describe('POST /v1/auth/password/change', () => {
  it('changes the password and ends all other sessions', async () => {
    const here = await newPerson()
    const elsewhere = await (
      await logIn(here.user.email, PASSWORD)
    ).json<{ accessToken: string; refreshToken: string }>()
    expect((await authorized(elsewhere.accessToken, '/v1/me')).status).toBe(200)
    const wish = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }
    expect((await authorized(here.accessToken, '/v1/auth/password/change', 'POST', wish)).status).toBe(204)
    expect((await authorized(here.accessToken, '/v1/me')).status).toBe(200)
    expect((await authorized(elsewhere.accessToken, '/v1/me')).status).toBe(401)
    const { refreshToken } = elsewhere
    expect(await refusal(await post('/v1/auth/refresh', { refreshToken }))).toEqual([401, 'invalid_refresh_token'])
    expect((await logIn(here.user.email, PASSWORD)).status).toBe(401)
    expect((await logIn(here.user.email, NEW_PASSWORD)).status).toBe(200)
  })

  it('wants the current password, counts guesses like logins, and takes no weak one', async () => {
    const { accessToken, user } = await newPerson()
    const change = (currentPassword: string, newPassword: string) =>
      authorized(accessToken, '/v1/auth/password/change', 'POST', { currentPassword, newPassword })
    expect(await refusal(await change(PASSWORD, 'password12'))).toEqual([400, 'weak_password'])
    expect(await (await change('a wrong guess 17', NEW_PASSWORD)).json()).toMatchObject({
      detail: 'The current password is wrong.',
    })
    for (let i = 0; i < 4; i += 1)
      expect(await refusal(await change('a wrong guess 17', NEW_PASSWORD))).toEqual([401, 'invalid_credentials'])
    expect(await refusal(await change(PASSWORD, NEW_PASSWORD))).toEqual([429, 'too_many_attempts'])
    expect((await logIn(user.email, PASSWORD)).status).toBe(429)
  })
})

describe('POST /v1/auth/password/forgot', () => {
  it('is 202 whether or not there is an account, and says once in the log that no e-mail is sent', async () => {
    const warn = vi.spyOn(console, 'warn')
    const { user } = await newPerson()
    for (const email of [user.email, newEmail(), user.email]) {
      const response = await post('/v1/auth/password/forgot', { email })
      expect([response.status, await response.text()]).toEqual([202, ''])
    }
    expect(warn.mock.calls.filter(([line]) => String(line).includes('LAPIS_SMTP_URL'))).toHaveLength(1)
    expect(await query('SELECT 1 FROM password_resets WHERE user_id = $1', [user.id])).toEqual([])
  })

  it('sends at most 3 letters an hour to an account, and none to others', async () => {
    const { user } = await newPerson()
    const counts: number[] = []
    for (let i = 0; i < 5; i += 1) counts.push((await forgot(user.email)).length)
    expect(counts).toEqual([1, 1, 1, 0, 0])
    const subject = createHash('sha256').update(`reset ${user.id}`).digest('hex')
    const earlier = `UPDATE login_attempts SET since = since - interval '50 minutes' WHERE subject_sha256 = $1`
    await query(earlier, [`\\x${subject}`])
    await sweep(platformOf(env))
    expect(await forgot(user.email)).toEqual([])
    await query(earlier, [`\\x${subject}`])
    expect(await forgot(user.email)).toHaveLength(1)
    expect(await forgot(newEmail())).toEqual([])
  })
})

describe('POST /v1/auth/password/reset', () => {
  it('sets a password once, of 10 simultaneous times, and ends all sessions', async () => {
    const { user, accessToken } = await newPerson()
    const token = await resetToken(user.email)
    const reset = () => post('/v1/auth/password/reset', { token, password: NEW_PASSWORD })
    const answers = await Promise.all(Array.from({ length: 10 }, reset))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, ...Array(9).fill(400)])
    expect(await refusal(await reset())).toEqual([400, 'invalid_reset_token'])
    expect((await authorized(accessToken, '/v1/me')).status).toBe(401)
    expect((await logIn(user.email, NEW_PASSWORD)).status).toBe(200)
  })

  it('ends the other tokens of its person, and a weak password does not use one up', async () => {
    const { user } = await newPerson()
    const [first, second] = [await resetToken(user.email), await resetToken(user.email)]
    const reset = (token: string, password: string) => post('/v1/auth/password/reset', { token, password })
    expect(await refusal(await reset(first, 'password12'))).toEqual([400, 'weak_password'])
    expect((await reset(first, NEW_PASSWORD)).status).toBe(204)
    expect(await refusal(await reset(second, NEW_PASSWORD))).toEqual([400, 'invalid_reset_token'])
  })

  it('refuses a token after an hour; it is kept as a hash only', async () => {
    const { user } = await newPerson()
    const token = await resetToken(user.email)
    const [row] = await query(
      `SELECT encode(token_sha256, 'escape') AS kept, extract(epoch FROM expires_at - now()) AS left
       FROM password_resets WHERE user_id = $1`,
      [user.id],
    )
    expect(String(row?.['kept'])).not.toContain(token)
    expect(Number(row?.['left'])).toBeGreaterThan(3_500)
    expect(Number(row?.['left'])).toBeLessThanOrEqual(3_600)
    await query('UPDATE password_resets SET expires_at = now() WHERE user_id = $1', [user.id])
    const answer = await post('/v1/auth/password/reset', { token, password: NEW_PASSWORD })
    expect(await refusal(answer)).toEqual([400, 'invalid_reset_token'])
  })
})
