import { z } from 'zod'
import { Id, Time } from './common.ts'
import { Email, Password, PersonName, Role } from './identity.ts'

export const Member = z
  .object({
    id: Id.meta({ description: 'The id of the person' }),
    email: z.string(),
    name: z.string().nullable(),
    role: Role,
    joinedAt: Time,
  })
  .meta({ id: 'Member' })
export type Member = z.output<typeof Member>

export const ChangeMember = z.strictObject({ role: Role })

export const CreateInvitation = z.strictObject({ email: Email, role: Role.default('member') })
export type CreateInvitation = z.output<typeof CreateInvitation>

export const Invitation = z
  .object({ id: Id, email: z.string(), role: Role, createdAt: Time, expiresAt: Time })
  .meta({ id: 'Invitation' })
export type Invitation = z.output<typeof Invitation>

export const NewInvitation = Invitation.extend({
  token: z.string().meta({ description: 'Shown this once; for whom it is meant' }),
})
export type NewInvitation = z.output<typeof NewInvitation>

export const AcceptInvitation = z.strictObject({
  token: z.string().min(1).max(200),
  password: Password.meta({ description: 'Of the account with the invited e-mail; of a new one where there is none' }),
  name: PersonName.optional().meta({ description: 'For a new account' }),
})
export type AcceptInvitation = z.output<typeof AcceptInvitation>
