import type { MiddlewareHandler } from 'hono'
import { authenticate, requireScope } from '../../src/flows/identity/authenticate.ts'
import type { ApiTypes } from './context.ts'
import { isHandshake, keyOfHandshake } from './handshake.ts'

/** Lets in callers whose key has the scope. */
export function needs(scope: string): MiddlewareHandler<ApiTypes> {
  return async function needsScope(c, next) {
    const key = isHandshake(c) ? keyOfHandshake(c) : undefined
    const caller = await authenticate(c.get('platform'), c.req.header('authorization') ?? (key && `Bearer ${key}`))
    requireScope(caller, scope)
    c.set('caller', caller)
    await next()
  }
}

/** Lets in whoever has a key or token that is good at all. */
export const known: MiddlewareHandler<ApiTypes> = async (c, next) => {
  c.set('caller', await authenticate(c.get('platform'), c.req.header('authorization')))
  await next()
}
