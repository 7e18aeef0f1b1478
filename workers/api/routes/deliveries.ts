import { Hono } from 'hono'
import { z } from 'zod'
import { DeliveriesQuery, Redeliver } from '../../../src/contracts/api/delivery.ts'
import {
  redeliver,
  redeliverRange,
  showDeliveries,
  showDelivery,
} from '../../../src/flows/delivery/manage-deliveries.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { bodiless, body, id, query } from '../input.ts'

const DeliveriesPlace = z.object({ before: z.uuid() })

export const deliveries = new Hono<ApiTypes>()

deliveries.get('/', needs('channels:read'), async (c) => {
  const { limit, cursor, ...filter } = query(c, DeliveriesQuery)
  const page = { ...decodeCursor(cursor, DeliveriesPlace), limit, ...filter }
  const list = await showDeliveries(c.get('platform'), c.get('caller').workspaceId, page)
  const last = list.deliveries.at(-1)
  return c.json({ data: list.deliveries, nextCursor: list.more && last ? encodeCursor({ before: last.id }) : null })
})

deliveries.post('/redeliver', needs('channels:write'), async (c) => {
  const range = await body(c, Redeliver)
  return c.json({ count: await redeliverRange(c.get('platform'), c.get('caller'), range) }, 202)
})

deliveries.get('/:id', needs('channels:read'), async (c) => {
  return c.json(await showDelivery(c.get('platform'), c.get('caller').workspaceId, id(c, 'delivery')))
})

deliveries.post('/:id/redeliver', needs('channels:write'), bodiless, async (c) => {
  return c.json(await redeliver(c.get('platform'), c.get('caller'), id(c, 'delivery')), 202)
})
