/** Headers that a caller's site was meant to see, and no other (Fetch §2.2.2 drops them on cross-origin redirects, too). */
const CREDENTIALS = new Set(['authorization', 'cookie', 'proxy-authorization'])

/** The caller's headers for one URL: credentials go only to the hosts that they were given for. */
export function headersFor(
  headers: Readonly<Record<string, string>>,
  url: string,
  hosts: readonly string[],
): Record<string, string> {
  if (hosts.includes(new URL(url).host)) return { ...headers }
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name.toLowerCase())))
}
