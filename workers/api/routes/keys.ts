import { Hono } from 'hono'
import { z } from 'zod'
import { ListQuery } from '../../../src/contracts/api/common.ts'
import { CreateKey, RotateKey } from '../../../src/contracts/api/key.ts'
import { createKey, deleteKey, rotateKey, showKeys } from '../../../src/flows/identity/manage-keys.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { bodiless, body, id, optionalBody, query } from '../input.ts'

const KeysPlace = z.object({ before: z.uuid() })

export const keys = new Hono<ApiTypes>()

// No Idempotency-Key here: the kept answer would hold the key itself, which is stored nowhere.
keys.post('/', needs('keys:write'), async (c) => {
  const key = await createKey(c.get('platform'), c.get('caller'), await body(c, CreateKey))
  return c.json(key, 201, { location: `/v1/keys/${key.id}` })
})

keys.get('/', needs('keys:write'), async (c) => {
  const { limit, cursor } = query(c, ListQuery)
  const place = decodeCursor(cursor, KeysPlace)
  const list = await showKeys(c.get('platform'), c.get('caller').workspaceId, { ...place, limit })
  const last = list.keys.at(-1)
  return c.json({ data: list.keys, nextCursor: list.more && last ? encodeCursor({ before: last.id }) : null })
})

keys.post('/:id/rotate', needs('keys:write'), async (c) => {
  const wish = await optionalBody(c, RotateKey)
  const key = await rotateKey(c.get('platform'), c.get('caller'), id(c, 'key'), wish)
  return c.json(key, 201, { location: `/v1/keys/${key.id}` })
})

keys.delete('/:id', needs('keys:write'), bodiless, async (c) => {
  await deleteKey(c.get('platform'), c.get('caller'), id(c, 'key'))
  return c.body(null, 204)
})
