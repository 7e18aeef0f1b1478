import { Hono } from 'hono'
import { z } from 'zod'
import { ChangesQuery, DiffQuery } from '../../../src/contracts/api/monitor-change.ts'
import { acknowledge } from '../../../src/flows/monitor/acknowledge.ts'
import { showChange, showChanges } from '../../../src/flows/monitor/show-history.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { decodeCursor } from '../cursor.ts'
import { diffAnswer } from '../diff-answer.ts'
import { bodiless, id, query } from '../input.ts'
import { listed } from '../listed.ts'

const ChangesPlace = z.object({ before: z.uuid() })

export const changes = new Hono<ApiTypes>()

changes.get('/', needs('monitors:read'), async (c) => {
  const { limit, cursor, acknowledged, tag } = query(c, ChangesQuery)
  const page = { ...decodeCursor(cursor, ChangesPlace), limit, acknowledged, tag }
  return c.json(listed(await showChanges(c.get('platform'), c.get('caller').workspaceId, page)))
})

changes.put('/:id/acknowledgement', needs('monitors:write'), bodiless, async (c) => {
  return c.json(await acknowledge(c.get('platform'), c.get('caller'), id(c, 'change'), true))
})

changes.delete('/:id/acknowledgement', needs('monitors:write'), bodiless, async (c) => {
  return c.json(await acknowledge(c.get('platform'), c.get('caller'), id(c, 'change'), false))
})

changes.get('/:id', needs('monitors:read'), async (c) => {
  const { format } = query(c, DiffQuery)
  const change = await showChange(c.get('platform'), c.get('caller').workspaceId, id(c, 'change'))
  return diffAnswer(change, format)
})
