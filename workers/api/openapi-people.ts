import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { AuditEvent, AuditQuery } from '../../src/contracts/api/audit.ts'
import { listOf } from '../../src/contracts/api/common.ts'
import { Login } from '../../src/contracts/api/identity.ts'
import {
  BrowserSession,
  ChangePassword,
  CsrfAnswer,
  ForgotPassword,
  ResetPassword,
} from '../../src/contracts/api/password.ts'
import { answer, json, problems } from './openapi-answers.ts'

export const peoplePaths: ZodOpenApiPathsObject = {
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
  '/v1/audit-events': {
    get: {
      summary: 'Who did what to what, from where, newest first; kept for 90 days',
      requestParams: { query: AuditQuery },
      responses: answer(200, 'A page of events', listOf(AuditEvent), [400, 403]),
    },
  },
}
