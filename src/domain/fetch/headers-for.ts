import { isSecretHeader } from './credentials.ts'

/**
 * The caller's headers for one URL: credentials go only to the hosts that they were given for (Fetch §4.4 drops
 * `Authorization` on cross-origin redirects, too; we drop whatever looks like a secret).
 */
export function headersFor(
  headers: Readonly<Record<string, string>>,
  url: string,
  hosts: readonly string[],
): Record<string, string> {
  if (hosts.includes(new URL(url).host)) return { ...headers }
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecretHeader(name)))
}
