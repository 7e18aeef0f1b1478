import { registrableDomain } from '../url/registrable-domain.ts'
import type { CrawlBrief } from './crawl-brief.ts'

/**
 * Hosts that the caller's credentials may be sent to: those they were given for, and those that the start URL redirected
 * to on the same registrable domain (`example.com` to `www.example.com`). A redirect to somebody else gets none.
 */
export function credentialHosts({ credentialHosts: given, scope }: CrawlBrief): string[] {
  if (!given) return scope.hosts
  const owners = new Set(given.map(ownerOf))
  return [...new Set([...given, ...scope.hosts.filter((host) => owners.has(ownerOf(host)))])]
}

function ownerOf(host: string): string {
  return registrableDomain(`http://${host}/`)
}
