import { headersFor } from '../../domain/fetch/headers-for.ts'
import type { Cookies } from '../../net/cookies.ts'
import { withCookies } from '../../net/cookies.ts'
import type { RenderWishes } from '../../net/rendering/render-order.ts'

/** The caller's headers and cookies, as a browser has to be given them: cookies as its own, headers for their hosts only. */
export function credentialsInBrowser(
  given: Record<string, string>,
  jar: Cookies,
  url: string,
  hosts: readonly string[],
): Pick<RenderWishes, 'headers' | 'headerHosts' | 'cookies'> {
  const all = Object.entries(withCookies(headersFor(given, url, hosts), jar.headerFor(url)))
  const isCookie = ([name]: [string, string]): boolean => name.toLowerCase() === 'cookie'
  return {
    headers: Object.fromEntries(Object.entries(given).filter((each) => !isCookie(each))),
    headerHosts: hosts,
    cookies: all.find(isCookie)?.[1] ?? '',
  }
}
