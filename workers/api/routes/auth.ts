import { Hono } from 'hono'
import { Login, RefreshRequest, Register } from '../../../src/contracts/api/identity.ts'
import { closeSession, refreshSession } from '../../../src/flows/identity/session.ts'
import { logIn, register } from '../../../src/flows/identity/sign-in.ts'
import { sendVerification } from '../../../src/flows/identity/verify-email.ts'
import { afterwards } from '../afterwards.ts'
import { callOrigin } from '../client-address.ts'
import type { ApiTypes } from '../context.ts'
import { body } from '../input.ts'
import { open, registering } from '../rate-limit.ts'
import { email } from './email.ts'
import { password } from './password.ts'
import { session } from './session.ts'

export const auth = new Hono<ApiTypes>()

auth.route('/email', email)
auth.route('/password', password)
auth.route('/session', session)

auth.post('/register', open, registering, async (c) => {
  const platform = c.get('platform')
  const signedIn = await register(platform, await body(c, Register), callOrigin(c))
  afterwards(c, 'letter of verification', sendVerification(platform, signedIn.user))
  return c.json(signedIn, 201, { location: '/v1/me' })
})

auth.post('/login', open, async (c) => {
  return c.json(await logIn(c.get('platform'), await body(c, Login), callOrigin(c)))
})

auth.post('/refresh', open, async (c) => {
  const { refreshToken } = await body(c, RefreshRequest)
  return c.json(await refreshSession(c.get('platform'), refreshToken, callOrigin(c)))
})

auth.post('/logout', open, async (c) => {
  const { refreshToken } = await body(c, RefreshRequest)
  await closeSession(c.get('platform'), refreshToken, callOrigin(c))
  return c.body(null, 204)
})
