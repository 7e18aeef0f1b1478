import { Hono } from 'hono'
import { Login } from '../../../src/contracts/api/identity.ts'
import { closeBrowserSession, csrfTokenOf, openBrowserSession } from '../../../src/flows/identity/browser-session.ts'
import { Refusal } from '../../../src/flows/problem.ts'
import { known } from '../auth.ts'
import { callOrigin } from '../client-address.ts'
import type { ApiTypes } from '../context.ts'
import { bodiless, body } from '../input.ts'
import { open } from '../rate-limit.ts'
import { dropSessionCookie, sessionCookie, setSessionCookie } from '../session-cookie.ts'

/** Sessions of browsers, below /v1/auth/session. */
export const session = new Hono<ApiTypes>()

session.post('/', open, async (c) => {
  const { token, user, workspace } = await openBrowserSession(c.get('platform'), await body(c, Login), callOrigin(c))
  setSessionCookie(c, token)
  return c.json({ csrfToken: csrfTokenOf(token), user, workspace })
})

// A page that was loaded anew has lost its token, and can't read the cookie.
session.get('/', known, (c) => {
  const token = sessionCookie(c)
  if (token === undefined) throw new Refusal(404, 'not_found', 'This caller has no browser session.')
  return c.json({ csrfToken: csrfTokenOf(token) })
})

session.delete('/', known, bodiless, async (c) => {
  await closeBrowserSession(c.get('platform'), c.get('caller'))
  dropSessionCookie(c)
  return c.body(null, 204)
})
