import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { ListQuery, listOf } from '../api/common.ts'
import { ChangeMe, Login, Me, RefreshRequest, Register, SignedIn, TokenPair } from '../api/identity.ts'
import { ApiKey, CreateKey, NewApiKey, RotateKey } from '../api/key.ts'
import { answer, json, problems } from './answers.ts'

const signIn = <Body extends z.ZodType, Responses extends ZodOpenApiOperationObject['responses']>(
  summary: string,
  body: Body,
  responses: Responses,
) => ({ post: { summary, security: [], requestBody: { content: json(body) }, responses } })

export const identityPaths = {
  '/v1/auth/register': signIn(
    'Make an account and a workspace of its own',
    Register,
    answer(201, 'Signed in', SignedIn, [400, 403, 409, 413, 415, 503]),
  ),
  '/v1/auth/login': signIn(
    'Sign in; 5 failures for an account or 20 from an address in 15 minutes are the last',
    Login,
    answer(200, 'Signed in', SignedIn, [400, 403, 413, 415, 429, 503]),
  ),
  '/v1/auth/refresh': signIn(
    'A new pair of tokens; a refresh token that comes twice ends its sign-in',
    RefreshRequest,
    answer(200, 'The pair that replaces the one before', TokenPair, [400, 413, 415, 503]),
  ),
  '/v1/auth/logout': signIn('End a sign-in', RefreshRequest, {
    204: { description: 'Over' },
    ...problems(400, 413, 415),
  }),
  '/v1/me': {
    get: {
      summary: 'The person who is signed in',
      responses: answer(200, 'The person, and what they are where', Me, [403]),
    },
    patch: {
      summary: 'Change the name',
      requestBody: { content: json(ChangeMe) },
      responses: answer(200, 'As changed', Me, [400, 403, 413, 415]),
    },
  },
  '/v1/keys': {
    post: {
      summary: 'Make an API key with no more scopes than the calling one',
      requestBody: { content: json(CreateKey) },
      responses: answer(201, 'The key, shown this once', NewApiKey, [400, 403, 413, 415]),
    },
    get: {
      summary: 'API keys, newest first',
      requestParams: { query: ListQuery },
      responses: answer(200, 'A page of keys', listOf(ApiKey), [400, 403]),
    },
  },
  '/v1/keys/{id}/rotate': {
    post: {
      summary: 'Put a new key in the place of one, which goes on for a day or as long as given',
      requestParams: { path: z.object({ id: z.uuid() }) },
      requestBody: { content: json(RotateKey), required: false },
      responses: answer(201, 'The new key, shown this once', NewApiKey, [400, 403, 404, 409, 413, 415]),
    },
  },
  '/v1/keys/{id}': {
    delete: {
      summary: 'End an API key (within 15 seconds everywhere)',
      requestParams: { path: z.object({ id: z.uuid() }) },
      responses: { 204: { description: 'Gone' }, ...problems(403, 404) },
    },
  },
} satisfies ZodOpenApiPathsObject
