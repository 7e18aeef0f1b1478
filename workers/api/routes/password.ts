import { Hono } from 'hono'
import { ChangePassword, ForgotPassword, ResetPassword } from '../../../src/contracts/api/password.ts'
import { changePassword, forgotPassword, resetPassword } from '../../../src/flows/identity/change-password.ts'
import { sayThatMailIsOff } from '../../mail.ts'
import { afterwards } from '../afterwards.ts'
import { known } from '../auth.ts'
import { callOrigin } from '../client-address.ts'
import type { ApiTypes } from '../context.ts'
import { body } from '../input.ts'
import { open } from '../rate-limit.ts'

/** Passwords, below /v1/auth/password. */
export const password = new Hono<ApiTypes>()

password.post('/change', known, async (c) => {
  await changePassword(c.get('platform'), c.get('caller'), await body(c, ChangePassword))
  return c.body(null, 204)
})

// Answered before anything is looked up, so that neither the answer nor its time tells who has an account.
password.post('/forgot', open, async (c) => {
  const { email } = await body(c, ForgotPassword)
  if (!c.get('platform').sendMail) sayThatMailIsOff()
  afterwards(c, 'password reset', forgotPassword(c.get('platform'), email, callOrigin(c)))
  return c.body(null, 202)
})

password.post('/reset', open, async (c) => {
  await resetPassword(c.get('platform'), await body(c, ResetPassword), callOrigin(c))
  return c.body(null, 204)
})
