import { Hono } from 'hono'
import { ChangeMe } from '../../../src/contracts/api/identity.ts'
import { changeMe, showMe } from '../../../src/flows/identity/me.ts'
import { known } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { body } from '../input.ts'

export const me = new Hono<ApiTypes>()

me.get('/', known, async (c) => c.json(await showMe(c.get('platform'), c.get('caller'))))

me.patch('/', known, async (c) => {
  return c.json(await changeMe(c.get('platform'), c.get('caller'), await body(c, ChangeMe)))
})
