import type { Context, Hono } from 'hono'
import { Refusal } from '../../src/flows/problem.ts'
import type { ApiTypes } from './context.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** RFC 9110 §15.5.6: a path that exists, but not for this method, says which methods it has. */
export function refuseOtherMethods(app: Hono<ApiTypes>, c: Context<ApiTypes>): Refusal | undefined {
  const allowed = METHODS.filter((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => isEndpoint(route.path)),
  )
  if (allowed.length === 0) return undefined
  const headers = { allow: allowed.join(', ') }
  return new Refusal(405, 'method_not_allowed', `${c.req.path} takes ${headers.allow}, not ${c.req.method}.`, {
    headers,
  })
}

/** Middleware for everything is registered under a wildcard and is nobody's endpoint. */
function isEndpoint(path: string): boolean {
  return !path.endsWith('*')
}
