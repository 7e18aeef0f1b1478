import type { Context, MiddlewareHandler } from 'hono'
import { type Caller, authenticate, authenticateBrowser, requireScope } from '../../src/flows/identity/authenticate.ts'
import { callOrigin } from './client-address.ts'
import type { ApiTypes } from './context.ts'
import { admitCaller, admitStranger } from './rate-limit.ts'
import { isHandshake, keyOfHandshake } from './handshake.ts'
import { requireOwnPage, sessionCookie } from './session-cookie.ts'

/** Lets in callers whose key, or role, has one of the scopes. */
export function needs(...scopes: [string, ...string[]]): MiddlewareHandler<ApiTypes> {
  return async function needsScope(c, next) {
    const caller = await admittedCaller(c)
    requireScope(caller, ...scopes)
    c.set('caller', caller)
    await next()
  }
}

/** Lets in whoever has a key, token or session that is good at all. */
export const known: MiddlewareHandler<ApiTypes> = async (c, next) => {
  c.set('caller', await admittedCaller(c))
  await next()
}

async function admittedCaller(c: Context<ApiTypes>): Promise<Caller> {
  const caller = await callerOf(c)
  await admitCaller(c, caller)
  return caller
}

/** A browser's cookie counts only where nothing else is given: what is sent on purpose comes first. */
async function callerOf(c: Context<ApiTypes>): Promise<Caller> {
  const platform = c.get('platform')
  const from = callOrigin(c)
  const beforeLookUp = () => admitStranger(c)
  const key = isHandshake(c) ? keyOfHandshake(c) : undefined
  const authorization = c.req.header('authorization') ?? (key && `Bearer ${key}`)
  const cookie = authorization === undefined ? sessionCookie(c) : undefined
  if (cookie === undefined) return authenticate(platform, authorization, { from, beforeLookUp })
  const caller = await authenticateBrowser(platform, cookie, { from, beforeLookUp })
  requireOwnPage(c, cookie)
  return caller
}
