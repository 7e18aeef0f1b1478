import { z } from 'zod'
import { Email, Password, User, Workspace } from './identity.ts'

export const ChangePassword = z.strictObject({ currentPassword: Password, newPassword: Password })
export type ChangePassword = z.output<typeof ChangePassword>

export const ForgotPassword = z.strictObject({ email: Email })

export const ResetPassword = z.strictObject({ token: z.string().min(1).max(200), password: Password })
export type ResetPassword = z.output<typeof ResetPassword>

const CsrfToken = z.string().meta({ description: 'Send as X-CSRF-Token with every call that is not a GET' })

export const BrowserSession = z
  .object({ csrfToken: CsrfToken, user: User, workspace: Workspace })
  .meta({ id: 'BrowserSession' })

export const CsrfAnswer = z.object({ csrfToken: CsrfToken })
