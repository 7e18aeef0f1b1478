import { Hono } from 'hono'
import { z } from 'zod'
import { ListQuery } from '../../../src/contracts/api/common.ts'
import { ChangeMember } from '../../../src/contracts/api/member.ts'
import { changeRole, removeMember, showMembers } from '../../../src/flows/identity/manage-members.ts'
import { known, needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { bodiless, body, id, query } from '../input.ts'

const MembersPlace = z.object({ after: z.uuid() })

export const members = new Hono<ApiTypes>()

members.get('/', needs('*'), async (c) => {
  const { limit, cursor } = query(c, ListQuery)
  const page = { ...decodeCursor(cursor, MembersPlace), limit }
  const list = await showMembers(c.get('platform'), c.get('caller').workspaceId, page)
  const last = list.members.at(-1)
  return c.json({ data: list.members, nextCursor: list.more && last ? encodeCursor({ after: last.id }) : null })
})

members.patch('/:id', needs('*'), async (c) => {
  const userId = id(c, 'member')
  const { role } = await body(c, ChangeMember)
  return c.json(await changeRole(c.get('platform'), c.get('caller'), userId, role))
})

// Known, not needs('*'): everybody may leave.
members.delete('/:id', known, bodiless, async (c) => {
  await removeMember(c.get('platform'), c.get('caller'), id(c, 'member'))
  return c.body(null, 204)
})
