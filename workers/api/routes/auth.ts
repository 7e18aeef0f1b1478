import { Hono } from 'hono'
import { Login, RefreshRequest, Register } from '../../../src/contracts/api/identity.ts'
import { closeSession, refreshSession } from '../../../src/flows/identity/session.ts'
import { logIn, register } from '../../../src/flows/identity/sign-in.ts'
import { clientAddress } from '../client-address.ts'
import type { ApiTypes } from '../context.ts'
import { body } from '../input.ts'

export const auth = new Hono<ApiTypes>()

auth.post('/register', async (c) => {
  return c.json(await register(c.get('platform'), await body(c, Register), clientAddress(c)), 201)
})

auth.post('/login', async (c) => {
  return c.json(await logIn(c.get('platform'), await body(c, Login), clientAddress(c)))
})

auth.post('/refresh', async (c) => {
  const { refreshToken } = await body(c, RefreshRequest)
  return c.json(await refreshSession(c.get('platform'), refreshToken))
})

auth.post('/logout', async (c) => {
  const { refreshToken } = await body(c, RefreshRequest)
  await closeSession(c.get('platform'), refreshToken)
  return c.body(null, 204)
})
