import { z } from 'zod'
import { Id } from './common.ts'

/** As it is compared: trimmed, lower case. RFC 5321 §4.5.3.1.3 allows 254 characters. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email()).meta({ example: 'ada@example.com' })

/** A bound, because every character is hashed. */
export const Password = z.string().min(1).max(1_000)

export const PersonName = z.string().trim().min(1).max(100)

const RefreshToken = z.string().min(1).max(200)

export const Register = z.strictObject({ email: Email, password: Password, name: PersonName.optional() })
export type Register = z.output<typeof Register>

export const Login = z.strictObject({
  email: Email,
  password: Password,
  workspaceId: Id.optional().meta({ description: 'To work in; without it: the one joined first' }),
})
export type Login = z.output<typeof Login>

export const RefreshRequest = z.strictObject({ refreshToken: RefreshToken })

export const ChangeMe = z.strictObject({ name: PersonName.nullable() })
export type ChangeMe = z.output<typeof ChangeMe>

export const VerifyEmail = z.strictObject({ token: z.string().min(1).max(200) })

export const ChangeEmail = z.strictObject({ email: Email, password: Password })
export type ChangeEmail = z.output<typeof ChangeEmail>

export const User = z.object({ id: Id, email: z.string(), name: z.string().nullable() }).meta({ id: 'User' })
export type User = z.output<typeof User>

export const Role = z.enum(['owner', 'admin', 'member', 'viewer'])

export const Workspace = z.object({ id: Id, name: z.string(), role: Role }).meta({ id: 'Workspace' })
export type Workspace = z.output<typeof Workspace>

export const TokenPair = z
  .object({
    accessToken: z.string().meta({ description: 'Send as "Authorization: Bearer …"' }),
    refreshToken: z.string().meta({ description: 'Works once' }),
    expiresIn: z.number().int().meta({ description: 'Seconds for which the access token is good' }),
  })
  .meta({ id: 'TokenPair' })
export type TokenPair = z.output<typeof TokenPair>

export const SignedIn = TokenPair.extend({ user: User, workspace: Workspace }).meta({ id: 'SignedIn' })
export type SignedIn = z.output<typeof SignedIn>

export const Me = z
  .object({ user: User, emailVerified: z.boolean(), workspaces: z.array(Workspace) })
  .meta({ id: 'Me' })
export type Me = z.output<typeof Me>
