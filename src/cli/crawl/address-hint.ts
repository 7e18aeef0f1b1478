import { isIP } from 'node:net'
import { isLoopback } from './start-url.ts'

/** How to let a crawl reach an address that is refused by default. */
export function addressHint(url: string, isPrivate: boolean): string {
  const setting = `LAPIS_ALLOW_PRIVATE_NETWORKS=${networkOf(new URL(url).hostname)}`
  if (isPrivate) return `If you mean to crawl it, allow it: put ${setting} in front of the command.`
  return `If you mean to crawl it, allow it: stop the platform and start it again with ${setting}.`
}

function networkOf(hostname: string): string {
  if (hostname === '[::1]') return '::1/128'
  if (isLoopback(hostname)) return '127.0.0.0/8'
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) === 4) return `${address}/32`
  return isIP(address) === 6 ? `${address}/128` : '<its network, such as 10.0.0.0/8>'
}
