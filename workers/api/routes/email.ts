import { Hono } from 'hono'
import { ChangeEmail, VerifyEmail } from '../../../src/contracts/api/identity.ts'
import {
  changeEmail,
  resendVerification,
  sendVerification,
  verifyEmail,
} from '../../../src/flows/identity/verify-email.ts'
import { afterwards } from '../afterwards.ts'
import { known } from '../auth.ts'
import { callOrigin } from '../client-address.ts'
import type { ApiTypes } from '../context.ts'
import { bodiless, body } from '../input.ts'
import { open } from '../rate-limit.ts'

/** E-mail addresses, below /v1/auth/email. */
export const email = new Hono<ApiTypes>()

email.post('/verify', open, async (c) => {
  const { token } = await body(c, VerifyEmail)
  await verifyEmail(c.get('platform'), token, callOrigin(c))
  return c.body(null, 204)
})

email.post('/resend', known, bodiless, async (c) => {
  const platform = c.get('platform')
  const person = await resendVerification(platform, c.get('caller'))
  afterwards(c, 'letter of verification', sendVerification(platform, person))
  return c.body(null, 202)
})

email.post('/change', known, async (c) => {
  const platform = c.get('platform')
  const person = await changeEmail(platform, c.get('caller'), await body(c, ChangeEmail))
  afterwards(c, 'letter of verification', sendVerification(platform, person))
  return c.body(null, 202)
})
