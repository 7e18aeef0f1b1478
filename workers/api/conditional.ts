import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { ApiTypes } from './context.ts'

/**
 * Reads that are repeated: what was read carries an ETag of its bytes (RFC 9110 §8.8.3), and whoever names it in
 * If-None-Match is told that nothing has changed, without them. Streams and downloads have none: they are not held here.
 */
export const conditional: MiddlewareHandler<ApiTypes> = async (c, next) => {
  await next()
  const { status, headers } = c.res
  if (!['GET', 'HEAD'].includes(c.req.method) || status !== 200) return
  if (headers.get('content-type') !== 'application/json') return
  const body = await c.res.arrayBuffer()
  const etag = tagOf(body)
  const isKnown = names(c.req.header('if-none-match') ?? '', etag)
  const kept = new Headers(headers)
  kept.set('etag', etag)
  if (isKnown) kept.delete('content-type')
  // Hono would put the headers of the answer that is replaced into the new one.
  c.res = undefined
  c.res = isKnown ? new Response(null, { status: 304, headers: kept }) : new Response(body, { headers: kept })
}

/** Weak, because an edge that compresses the answer changes its bytes. */
function tagOf(body: ArrayBuffer): string {
  return `W/"${createHash('sha256').update(new Uint8Array(body)).digest('base64url').slice(0, 22)}"`
}

/** RFC 9110 §13.1.2: a list, compared weakly. */
function names(list: string, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return list.trim() === '*' || list.split(',').some((tag) => opaque(tag) === opaque(etag))
}
