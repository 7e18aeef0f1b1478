import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { AccountExport } from '../api/account.ts'
import { AuditEvent, AuditQuery } from '../api/audit.ts'
import { ListQuery, listOf } from '../api/common.ts'
import { ChangeEmail, Login, SignedIn, VerifyEmail } from '../api/identity.ts'
import { AcceptInvitation, ChangeMember, CreateInvitation, Invitation, Member, NewInvitation } from '../api/member.ts'
import { BrowserSession, ChangePassword, CsrfAnswer, ForgotPassword, ResetPassword } from '../api/password.ts'
import { Usage, UsageQuery } from '../api/usage.ts'
import { answer, json, problems } from './answers.ts'

const PathId = z.object({ id: z.uuid() })

export const peoplePaths = {
  '/v1/auth/session': {
    post: {
      summary: 'Sign in a browser: sets an HttpOnly cookie',
      security: [],
      requestBody: { content: json(Login) },
      responses: answer(200, 'Signed in; see Set-Cookie', BrowserSession, [400, 403, 413, 415, 429]),
    },
    get: {
      summary: 'The CSRF token of the browser session, for a page that was loaded anew',
      responses: answer(200, 'The token', CsrfAnswer, [404]),
    },
    delete: {
      summary: 'Sign out a browser',
      responses: { 204: { description: 'Over' }, ...problems(403) },
    },
  },
  '/v1/auth/password/change': {
    post: {
      summary: 'Change the password; ends all other sessions',
      requestBody: { content: json(ChangePassword) },
      responses: { 204: { description: 'Changed' }, ...problems(400, 403, 413, 415, 429) },
    },
  },
  '/v1/auth/password/forgot': {
    post: {
      summary: 'Ask for a letter with a token that resets the password',
      security: [],
      requestBody: { content: json(ForgotPassword) },
      responses: { 202: { description: 'Whether or not there is such an account' }, ...problems(400, 413, 415) },
    },
  },
  '/v1/auth/password/reset': {
    post: {
      summary: 'Set a password by the token of the letter; ends all sessions',
      security: [],
      requestBody: { content: json(ResetPassword) },
      responses: { 204: { description: 'Changed' }, ...problems(400, 413, 415) },
    },
  },
  '/v1/auth/email/verify': {
    post: {
      summary: "Prove an e-mail address by the token of the letter; where it is another one, it becomes the account's",
      security: [],
      requestBody: { content: json(VerifyEmail) },
      responses: { 204: { description: 'Proven' }, ...problems(400, 409, 413, 415) },
    },
  },
  '/v1/auth/email/resend': {
    post: {
      summary: 'Ask for the letter once more; 5 an hour at most',
      responses: { 202: { description: 'On its way' }, ...problems(403, 409) },
    },
  },
  '/v1/auth/email/change': {
    post: {
      summary: "Ask for a letter to another address, which becomes the account's when its token comes back",
      requestBody: { content: json(ChangeEmail) },
      responses: { 202: { description: 'On its way' }, ...problems(400, 403, 409, 413, 415) },
    },
  },
  '/v1/members': {
    get: {
      summary: 'Who belongs to the workspace, and as what',
      requestParams: { query: ListQuery },
      responses: answer(200, 'A page of members', listOf(Member), [400, 403]),
    },
  },
  '/v1/members/{id}': {
    patch: {
      summary: 'Change a role; only owners make, change or remove owners, and one always stays',
      requestParams: { path: PathId },
      requestBody: { content: json(ChangeMember) },
      responses: answer(200, 'The member', Member, [400, 403, 404, 409, 413, 415]),
    },
    delete: {
      summary: 'Remove a member, or leave',
      requestParams: { path: PathId },
      responses: { 204: { description: 'Gone' }, ...problems(403, 404, 409) },
    },
  },
  '/v1/invitations': {
    post: {
      summary: 'Invite by e-mail; the token in the answer is good for 7 days',
      requestBody: { content: json(CreateInvitation) },
      responses: answer(201, 'The invitation', NewInvitation, [400, 403, 409, 413, 415]),
    },
    get: {
      summary: 'Open invitations, newest first',
      requestParams: { query: ListQuery },
      responses: answer(200, 'A page of invitations', listOf(Invitation), [400, 403]),
    },
  },
  '/v1/invitations/{id}': {
    delete: {
      summary: 'Revoke an invitation',
      requestParams: { path: PathId },
      responses: { 204: { description: 'Gone' }, ...problems(403, 404) },
    },
  },
  '/v1/invitations/accept': {
    post: {
      summary: 'Join a workspace by the token of an invitation and a password; makes the account where there is none',
      security: [],
      requestBody: { content: json(AcceptInvitation) },
      responses: answer(200, 'Signed in to the workspace', SignedIn, [400, 409, 413, 415, 429, 503]),
    },
  },
  '/v1/account': {
    delete: {
      summary: 'Erase the person, and the workspaces that nobody else owns with everything in them',
      responses: { 204: { description: 'Gone' }, ...problems(403) },
    },
  },
  '/v1/account/export': {
    get: {
      summary: 'Everything that is kept of the person',
      responses: answer(200, 'As a file', AccountExport, [403]),
    },
  },
  '/v1/usage': {
    get: {
      summary: 'What the workspace used on each of the last days',
      requestParams: { query: UsageQuery },
      responses: answer(200, 'A day each, oldest first', Usage, [400, 403]),
    },
  },
  '/v1/audit-events': {
    get: {
      summary: 'Who did what to what, from where, newest first; kept for 90 days',
      requestParams: { query: AuditQuery },
      responses: answer(200, 'A page of events', listOf(AuditEvent), [400, 403]),
    },
  },
} satisfies ZodOpenApiPathsObject
