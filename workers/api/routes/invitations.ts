import { Hono } from 'hono'
import { z } from 'zod'
import { ListQuery } from '../../../src/contracts/api/common.ts'
import { AcceptInvitation, CreateInvitation } from '../../../src/contracts/api/member.ts'
import { acceptInvitation } from '../../../src/flows/identity/accept-invitation.ts'
import {
  createInvitation,
  revokeInvitation,
  sendInvitation,
  showInvitations,
} from '../../../src/flows/identity/manage-invitations.ts'
import { sayThatMailIsOff } from '../../mail.ts'
import { afterwards } from '../afterwards.ts'
import { needs } from '../auth.ts'
import { callOrigin } from '../client-address.ts'
import type { ApiTypes } from '../context.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { bodiless, body, id, query } from '../input.ts'
import { open } from '../rate-limit.ts'

const InvitationsPlace = z.object({ before: z.uuid() })

export const invitations = new Hono<ApiTypes>()

// No Idempotency-Key here: the kept answer would hold the token itself, which is stored nowhere.
invitations.post('/', needs('*'), async (c) => {
  const platform = c.get('platform')
  const invitation = await createInvitation(platform, c.get('caller'), await body(c, CreateInvitation))
  if (!platform.sendMail) sayThatMailIsOff()
  afterwards(c, 'letter of invitation', sendInvitation(platform, invitation))
  return c.json(invitation, 201, { location: `/v1/invitations/${invitation.id}` })
})

invitations.get('/', needs('*'), async (c) => {
  const { limit, cursor } = query(c, ListQuery)
  const page = { ...decodeCursor(cursor, InvitationsPlace), limit }
  const list = await showInvitations(c.get('platform'), c.get('caller').workspaceId, page)
  const last = list.invitations.at(-1)
  return c.json({ data: list.invitations, nextCursor: list.more && last ? encodeCursor({ before: last.id }) : null })
})

invitations.post('/accept', open, async (c) => {
  return c.json(await acceptInvitation(c.get('platform'), await body(c, AcceptInvitation), callOrigin(c)))
})

invitations.delete('/:id', needs('*'), bodiless, async (c) => {
  await revokeInvitation(c.get('platform'), c.get('caller'), id(c, 'invitation'))
  return c.body(null, 204)
})
