import { Hono } from 'hono'
import { eraseAccount } from '../../../src/flows/identity/erase-account.ts'
import { exportAccount } from '../../../src/flows/identity/export-account.ts'
import { known } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { bodiless } from '../input.ts'
import { dropSessionCookie, sessionCookie } from '../session-cookie.ts'

export const account = new Hono<ApiTypes>()

account.get('/export', known, async (c) => {
  c.header('content-disposition', 'attachment; filename="lapis-spider-account.json"')
  return c.json(await exportAccount(c.get('platform'), c.get('caller')))
})

account.delete('/', known, bodiless, async (c) => {
  await eraseAccount(c.get('platform'), c.get('caller'))
  if (sessionCookie(c) !== undefined) dropSessionCookie(c)
  return c.body(null, 204)
})
