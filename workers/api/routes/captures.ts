import { Hono } from 'hono'
import { showCapture } from '../../../src/flows/capture/show-capture.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { id } from '../input.ts'

export const captures = new Hono<ApiTypes>()

/** The bytes, for an `<img>` or a file. What an id leads to never changes. */
captures.get('/:id', needs('scrape', 'crawls:read'), async (c) => {
  const { body, bytes, contentType, etag } = await showCapture(
    c.get('platform'),
    c.get('caller').workspaceId,
    id(c, 'capture'),
  )
  const headers = { 'content-length': String(bytes), 'cache-control': 'private, max-age=3600', etag }
  return c.body(body, 200, { ...headers, 'content-type': contentType })
})
