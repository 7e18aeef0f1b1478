import { Hono } from 'hono'
import { z } from 'zod'
import { ChangeChannel, CreateChannel, type NewChannel, RotateSecret } from '../../../src/contracts/api/channel.ts'
import { ListQuery } from '../../../src/contracts/api/common.ts'
import { editChannel } from '../../../src/flows/delivery/edit-channel.ts'
import {
  createChannel,
  deleteChannel,
  secretOf,
  showChannel,
  showChannels,
} from '../../../src/flows/delivery/manage-channels.ts'
import { rotateSecret } from '../../../src/flows/delivery/rotate-secret.ts'
import { testChannel } from '../../../src/flows/delivery/test-channel.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { created } from '../created.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { bodiless, body, id, optionalBody, query } from '../input.ts'

const ChannelsPlace = z.object({ before: z.uuid() })

export const channels = new Hono<ApiTypes>()

// The answer that an Idempotency-Key keeps has no secret in it, which is stored nowhere in the open: it is put in here.
channels.post('/', needs('channels:write'), async (c) => {
  const request = await body(c, CreateChannel)
  const { workspaceId } = c.get('caller')
  const answer = await created(c, async () => {
    const channel = await createChannel(c.get('platform'), c.get('caller'), request)
    return { status: 201, headers: { location: `/v1/channels/${channel.id}` }, body: channel }
  })
  const channel = await answer.json<NewChannel>()
  const secret = channel.type === 'webhook' ? await secretOf(c.get('platform'), workspaceId, channel.id) : undefined
  const headers = { location: answer.headers.get('location') ?? '' }
  return c.json({ ...channel, ...(secret !== undefined && { secret }) }, 201, headers)
})

channels.get('/', needs('channels:read'), async (c) => {
  const { limit, cursor } = query(c, ListQuery)
  const page = { ...decodeCursor(cursor, ChannelsPlace), limit }
  const list = await showChannels(c.get('platform'), c.get('caller').workspaceId, page)
  const last = list.channels.at(-1)
  return c.json({ data: list.channels, nextCursor: list.more && last ? encodeCursor({ before: last.id }) : null })
})

channels.get('/:id', needs('channels:read'), async (c) => {
  return c.json(await showChannel(c.get('platform'), c.get('caller').workspaceId, id(c, 'channel')))
})

channels.patch('/:id', needs('channels:write'), async (c) => {
  const change = await body(c, ChangeChannel)
  return c.json(await editChannel(c.get('platform'), c.get('caller'), id(c, 'channel'), change))
})

channels.delete('/:id', needs('channels:write'), bodiless, async (c) => {
  await deleteChannel(c.get('platform'), c.get('caller'), id(c, 'channel'))
  return c.body(null, 204)
})

channels.post('/:id/test', needs('channels:write'), bodiless, async (c) => {
  return c.json(await testChannel(c.get('platform'), c.get('caller'), id(c, 'channel')))
})

channels.post('/:id/rotate', needs('channels:write'), async (c) => {
  const wish = await optionalBody(c, RotateSecret)
  return c.json(await rotateSecret(c.get('platform'), c.get('caller'), id(c, 'channel'), wish))
})
