import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { readConfig } from '../config.ts'
import { isSecure } from '../is-secure.ts'
import type { DashboardTypes } from './api.ts'

// Whoever has just started the platform has a key and no account. A browser that was given the key keeps it like a session:
// where no script can read it, sent by pages of ours alone, and until it is closed.
const NAME = 'lapis_key'

export function keyCookie(c: Context<DashboardTypes>): string | undefined {
  return comesByHttps(c) ? getCookie(c, NAME, 'host') : getCookie(c, NAME)
}

export function setKeyCookie(c: Context<DashboardTypes>, key: string): void {
  setCookie(c, NAME, key, attributes(c))
}

export function dropKeyCookie(c: Context<DashboardTypes>): void {
  deleteCookie(c, NAME, attributes(c))
}

function attributes(c: Context<DashboardTypes>) {
  const common = { path: '/', httpOnly: true, sameSite: 'Strict' } as const
  return comesByHttps(c) ? { ...common, secure: true, prefix: 'host' as const } : common
}

function comesByHttps(c: Context<DashboardTypes>): boolean {
  return isSecure(c.req.url, readConfig(c.env, c.req.url).publicUrl)
}
