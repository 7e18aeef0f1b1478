import type { MiddlewareHandler } from 'hono'
import type { ApiTypes } from './context.ts'

const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const REQUEST_HEADERS = 'Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-Request-Id'
const ANSWER_HEADERS = 'Content-Disposition, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id'
/** A preflight is asked again after this; browsers take two hours at most. */
const MAX_AGE_SECONDS = '7200'

/**
 * Lets pages of other origins call the API, where LAPIS_CORS_ORIGINS names them (Fetch Standard §3.2): with a key or token
 * that they hold themselves. Never with cookies, so that a browser session is good on our own origin only.
 */
export const cors: MiddlewareHandler<ApiTypes> = async (c, next) => {
  const { corsOrigins } = c.get('config')
  if (corsOrigins.length === 0) return next()
  const isForAll = corsOrigins.includes('*')
  const origin = c.req.header('origin')
  const isAllowed = origin !== undefined && (isForAll || corsOrigins.includes(origin))
  if (isAllowed && c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined) {
    c.header('access-control-allow-methods', METHODS)
    c.header('access-control-allow-headers', REQUEST_HEADERS)
    c.header('access-control-max-age', MAX_AGE_SECONDS)
    c.res = c.body(null, 204)
  } else {
    await next()
  }
  if (!isForAll) c.header('vary', 'Origin', { append: true })
  if (!isAllowed) return
  c.header('access-control-allow-origin', isForAll ? '*' : origin)
  c.header('access-control-expose-headers', ANSWER_HEADERS)
}
