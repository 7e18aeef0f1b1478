import { Hono } from 'hono'
import { z } from 'zod'
import { AuditQuery } from '../../../src/contracts/api/audit.ts'
import { showEvents } from '../../../src/flows/identity/audit.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { query } from '../input.ts'

const EventsPlace = z.object({ before: z.uuid() })

export const auditEvents = new Hono<ApiTypes>()

auditEvents.get('/', needs('audit:read'), async (c) => {
  const { limit, cursor, action } = query(c, AuditQuery)
  const page = { ...decodeCursor(cursor, EventsPlace), ...(action && { action }), limit }
  const list = await showEvents(c.get('platform'), c.get('caller').workspaceId, page)
  const last = list.events.at(-1)
  return c.json({ data: list.events, nextCursor: list.more && last ? encodeCursor({ before: last.id }) : null })
})
