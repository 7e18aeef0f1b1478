import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { ChangeChannel, Channel, CreateChannel, NewChannel, RotateSecret } from '../api/channel.ts'
import { ListQuery, listOf } from '../api/common.ts'
import { DeliveriesQuery, Delivery, Redeliver, Redelivered, UnsubscribeQuery } from '../api/delivery.ts'
import { IdempotencyKey, answer, json, problems } from './answers.ts'

const PathId = z.object({ id: z.uuid() })

export const deliveryPaths = {
  '/v1/channels': {
    post: {
      summary: 'Add a channel: where alerts go',
      requestParams: { header: IdempotencyKey },
      requestBody: { content: json(CreateChannel) },
      responses: answer(
        201,
        'The channel; the secret of a webhook is shown this once',
        NewChannel,
        [400, 403, 409, 413, 415, 422, 503],
      ),
    },
    get: {
      summary: 'Channels, newest first',
      requestParams: { query: ListQuery },
      responses: answer(200, 'A page of channels', listOf(Channel), [400, 403]),
    },
  },
  '/v1/channels/{id}': {
    get: {
      summary: 'One channel',
      requestParams: { path: PathId },
      responses: answer(200, 'The channel', Channel, [403, 404]),
    },
    patch: {
      summary: 'Change what is named; the answer of GET may be sent back',
      requestParams: { path: PathId },
      requestBody: { content: json(ChangeChannel) },
      responses: answer(200, 'As changed', Channel, [400, 403, 404, 413, 415, 422]),
    },
    delete: {
      summary: 'Delete a channel and its deliveries',
      requestParams: { path: PathId },
      responses: { 204: { description: 'Gone' }, ...problems(403, 404) },
    },
  },
  '/v1/channels/{id}/test': {
    post: {
      summary: 'Send a test message (type channel.test) now',
      requestParams: { path: PathId },
      responses: answer(200, 'What came of the first attempt', Delivery, [403, 404, 409]),
    },
  },
  '/v1/channels/{id}/rotate': {
    post: {
      summary:
        'Put a new signing secret in the place of the old one, which signs beside it for a day or as long as given',
      requestParams: { path: PathId },
      requestBody: { content: json(RotateSecret), required: false },
      responses: answer(
        200,
        'The channel with its new secret, shown this once',
        NewChannel,
        [400, 403, 404, 409, 413, 415],
      ),
    },
  },
  '/v1/deliveries': {
    get: {
      summary: 'Deliveries of the last 30 days, newest first',
      requestParams: { query: DeliveriesQuery },
      responses: answer(200, 'A page of deliveries', listOf(Delivery), [400, 403]),
    },
  },
  '/v1/deliveries/redeliver': {
    post: {
      summary: 'Send once more what a channel has missed since a time',
      requestBody: { content: json(Redeliver) },
      responses: answer(202, 'How many', Redelivered, [400, 403, 404, 409, 413, 415]),
    },
  },
  '/v1/deliveries/{id}': {
    get: {
      summary: 'One delivery',
      requestParams: { path: PathId },
      responses: answer(200, 'The delivery', Delivery, [403, 404]),
    },
  },
  '/v1/deliveries/{id}/redeliver': {
    post: {
      summary: 'Send it once more, under the same webhook-id',
      requestParams: { path: PathId },
      responses: answer(202, 'The delivery', Delivery, [403, 404, 409]),
    },
  },
  '/v1/unsubscribe': {
    get: {
      summary: 'A page with a button: where the link of a letter leads',
      security: [],
      requestParams: { query: UnsubscribeQuery },
      responses: {
        200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
        ...problems(400),
      },
    },
    post: {
      summary: 'Take an address off the list of an e-mail channel (RFC 8058)',
      security: [],
      requestParams: { query: UnsubscribeQuery },
      responses: { 200: { description: 'Done', content: { 'text/plain': { schema: z.string() } } }, ...problems(400) },
    },
  },
} satisfies ZodOpenApiPathsObject
