import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { BROWSER_SESSION_SECONDS, isCsrfTokenOf } from '../../src/flows/identity/browser-session.ts'
import { Refusal } from '../../src/flows/problem.ts'
import { isSecure } from '../is-secure.ts'
import type { ApiTypes } from './context.ts'
import { isHandshake } from './handshake.ts'

const NAME = 'lapis_session'
const SAFE_METHODS = ['GET', 'HEAD']

export function sessionCookie(c: Context<ApiTypes>): string | undefined {
  return comesByHttps(c) ? getCookie(c, NAME, 'host') : getCookie(c, NAME)
}

export function setSessionCookie(c: Context<ApiTypes>, token: string): void {
  setCookie(c, NAME, token, { ...attributes(c), maxAge: BROWSER_SESSION_SECONDS })
}

export function dropSessionCookie(c: Context<ApiTypes>): void {
  deleteCookie(c, NAME, attributes(c))
}

function comesByHttps(c: Context<ApiTypes>): boolean {
  return isSecure(c.req.url, c.get('config').publicUrl)
}

/** The `__Host-` prefix binds to this host (RFC 6265bis §4.1.3.2). */
function attributes(c: Context<ApiTypes>) {
  const common = { path: '/', httpOnly: true, sameSite: 'Lax' } as const
  return comesByHttps(c) ? { ...common, secure: true, prefix: 'host' as const } : common
}

/**
 * A browser sends the cookie whoever makes it call. What changes something has to show that it comes from a page of ours; so
 * has a WebSocket, which other origins may open and read.
 */
export function requireOwnPage(c: Context<ApiTypes>, token: string): void {
  if (isHandshake(c)) return requireOwnOrigin(c)
  if (SAFE_METHODS.includes(c.req.method)) return
  if (isCsrfTokenOf(token, c.req.header('x-csrf-token'))) return
  throw new Refusal(403, 'csrf', 'Send the csrfToken of this session as X-CSRF-Token.')
}

function requireOwnOrigin(c: Context<ApiTypes>): void {
  const ours = [c.get('config').publicUrl, c.req.url].map((url) => URL.parse(url)?.origin)
  if (!ours.includes(c.req.header('origin') ?? '')) throw new Refusal(403, 'csrf', 'Only pages of ours may do this.')
}
