import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { CreateInvitation, Invitation, NewInvitation } from '../../contracts/api/member.ts'
import {
  type InvitationRow,
  deleteInvitation,
  dropExpiredInvitations,
  insertInvitation,
  listInvitations,
} from '../../storage/postgres/invitations.ts'
import { isMemberByEmail, lockWorkspace } from '../../storage/postgres/members.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound } from '../problem.ts'
import { deedOf, recorded } from './audit.ts'
import type { Caller } from './authenticate.ts'
import { requirePower } from './manage-members.ts'

const GOOD_FOR_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1_000

export async function createInvitation(
  platform: Platform,
  caller: Caller,
  { email, role }: CreateInvitation,
): Promise<NewInvitation> {
  const token = `lpi_${randomBytes(32).toString('base64url')}`
  const createdAt = platform.now()
  const row: InvitationRow = {
    id: uuidv7(),
    workspaceId: caller.workspaceId,
    email,
    role,
    tokenSha256: createHash('sha256').update(token).digest('hex'),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + GOOD_FOR_DAYS * DAY_MS),
  }
  const deed = deedOf(caller, 'invitation.created', { kind: 'invitation', id: row.id })
  await recorded(await platform.database(), deed, async (tx) => {
    await lockWorkspace(tx, caller.workspaceId)
    await requirePower(tx, caller, null, role)
    if (await isMemberByEmail(tx, caller.workspaceId, email))
      throw new Refusal(409, 'already_member', 'This person is a member already.')
    if (!(await insertInvitation(tx, row)))
      throw new Refusal(409, 'already_invited', 'This e-mail is invited already. Revoke that invitation first.')
  })
  return { ...shown(row), token }
}

/** Tells whom it is for. */
export async function sendInvitation(platform: Platform, { email, token }: NewInvitation): Promise<void> {
  const { publicUrl } = platform
  const text = `You are invited to a workspace of Lapis Spider at ${publicUrl}.

This token lets you in, once, within ${GOOD_FOR_DAYS} days:

  ${token}

Give it at ${publicUrl}/join
with the password of your account there, or the one that a new account shall have;
or send it as {"token": "…", "password": "…"} to ${publicUrl}/v1/invitations/accept
`
  await platform.sendMail?.({ to: email, subject: 'An invitation to Lapis Spider', text })
}

export async function showInvitations(
  platform: Platform,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<{ invitations: Invitation[]; more: boolean }> {
  const rows = await listInvitations(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  return { invitations: rows.slice(0, page.limit).map(shown), more: rows.length > page.limit }
}

export async function revokeInvitation(platform: Platform, caller: Caller, id: string): Promise<void> {
  const deed = deedOf(caller, 'invitation.revoked', { kind: 'invitation', id })
  const db = await platform.database()
  const isGone = await recorded(db, deed, (tx) => deleteInvitation(tx, caller.workspaceId, id))
  if (!isGone) throw notFound('invitation')
}

function shown({ id, email, role, createdAt, expiresAt }: InvitationRow): Invitation {
  return { id, email, role, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() }
}

export async function dropOldInvitations(platform: Platform): Promise<void> {
  await dropExpiredInvitations(await platform.database())
}
