import type { MiddlewareHandler } from 'hono'
import type { ApiTypes } from './context.ts'

const SECURITY_HEADERS: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"],
]

/** A caller's own request id is kept when it can't harm a log; else one is made. */
const CLEAN_REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/

export const requestId: MiddlewareHandler<ApiTypes> = async (c, next) => {
  const given = c.req.header('x-request-id')
  const id = given !== undefined && CLEAN_REQUEST_ID.test(given) ? given : crypto.randomUUID()
  c.set('requestId', id)
  await next()
  c.header('x-request-id', id)
}

/** On every answer. A page that needs more sets its own policy first. */
export const securityHeaders: MiddlewareHandler<ApiTypes> = async (c, next) => {
  await next()
  for (const [name, value] of SECURITY_HEADERS) if (!c.res.headers.has(name)) c.header(name, value)
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
}
