import { getDomain } from 'tldts'

/** Hosts remembered before the memory starts anew. A crawl asks for the same few hosts over and over. */
const MAX_REMEMBERED_HOSTS = 10_000
const AUTHORITY = /^https?:\/\/([^/?#\\@]+)(?:[/?#]|$)/
const remembered = new Map<string, string>()

/**
 * The domain that one owner registered, by the public-suffix list with its private part (`user.github.io`), so that a
 * frontier never mixes owners. Addresses stand for themselves (IPv6 without brackets), and so do names without a suffix.
 */
export function registrableDomain(url: string): string {
  const authority = AUTHORITY.exec(url)?.[1]
  const known = authority === undefined ? undefined : remembered.get(authority)
  if (known !== undefined) return known
  const domain = domainOf(new URL(url).hostname)
  if (authority !== undefined) remember(authority, domain)
  return domain
}

function domainOf(hostname: string): string {
  if (hostname.startsWith('[')) return hostname.slice(1, -1)
  const name = hostname.replace(/\.+$/, '')
  return getDomain(name, { allowPrivateDomains: true }) ?? name
}

function remember(authority: string, domain: string): void {
  if (remembered.size >= MAX_REMEMBERED_HOSTS) remembered.clear()
  remembered.set(authority, domain)
}
