import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { json, problems } from './answers.ts'

const State = z.enum(['ok', 'unreachable'])
const Readiness = z.object({
  status: z.enum(['ready', 'not_ready']),
  dependencies: z.object({ database: State, archive: State, durableObjects: State }),
})

const open = <Responses extends ZodOpenApiOperationObject['responses']>(summary: string, responses: Responses) => ({
  summary,
  security: [],
  responses,
})

/** What is open to all, for operators, people and generators. */
export const platformPaths = {
  '/health': {
    get: open('Alive', { 200: { description: 'Alive', content: json(z.object({ status: z.literal('ok') })) } }),
  },
  '/ready': {
    get: open('Ready for work', {
      200: { description: 'Ready', content: json(Readiness) },
      503: { description: 'A dependency is missing', content: json(Readiness) },
    }),
  },
  '/metrics': {
    get: {
      summary: 'For Prometheus',
      description: 'With a bearer token of its own where the operator has set LAPIS_METRICS_TOKEN.',
      security: [],
      responses: {
        200: { description: 'Text exposition format 0.0.4', content: { 'text/plain': { schema: z.string() } } },
        ...problems(),
      },
    },
  },
  '/status': {
    get: open('Whether everything works, for people', {
      200: { description: 'It does', content: { 'text/html': { schema: z.string() } } },
      503: { description: 'It does not', content: { 'text/html': { schema: z.string() } } },
    }),
  },
  '/docs': {
    get: open('This document, for people', {
      200: { description: 'A page', content: { 'text/html': { schema: z.string() } } },
    }),
  },
  '/openapi.json': {
    get: open('This document', {
      200: { description: 'OpenAPI 3.1', content: json(z.looseObject({ openapi: z.string() })) },
    }),
  },
  '/postman.json': {
    get: open('This document as a Postman collection', {
      200: { description: 'Collection format 2.1.0', content: json(z.looseObject({ info: z.looseObject({}) })) },
    }),
  },
  '/bot': {
    get: open('What this crawler is, how to block it', {
      200: { description: 'Text', content: { 'text/plain': { schema: z.string() } } },
    }),
  },
} satisfies ZodOpenApiPathsObject
