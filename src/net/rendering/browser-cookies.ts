import type { CDPSession } from '@cloudflare/puppeteer'

/** `cookies` as a Cookie header for the URL has them. */
export async function setCookies(cdp: CDPSession, url: string, cookies: string): Promise<void> {
  const pairs = cookies.split('; ').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=')
    return name === '' ? [] : [{ name, value: value.join('='), url, path: '/' }]
  })
  if (pairs.length > 0) await cdp.send('Network.setCookies', { cookies: pairs })
}

/** What the browser has for a URL by now, as Set-Cookie lines. */
export async function cookiesOf(cdp: CDPSession, url: string): Promise<string[]> {
  const { cookies } = await cdp.send('Network.getCookies', { urls: [url] })
  return cookies.map(setCookieLine)
}

interface BrowserCookie {
  name: string
  value: string
  domain: string
  path: string
  expires: number
  secure: boolean
}

function setCookieLine({ name, value, domain, path, expires, secure }: BrowserCookie): string {
  const lasting = expires > 0 ? `; Expires=${new Date(expires * 1_000).toUTCString()}` : ''
  // A leading dot is the protocol's way to say that the cookie is for subdomains, too.
  const wide = domain.startsWith('.') ? `; Domain=${domain.slice(1)}` : ''
  return `${name}=${value}; Path=${path}${wide}${lasting}${secure ? '; Secure' : ''}`
}
