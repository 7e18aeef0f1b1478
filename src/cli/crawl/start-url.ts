import { isIP } from 'node:net'
import { badArguments } from '../command-fault.ts'

export interface StartUrl {
  url: string
  /** What was read into it, for the user to know. */
  remark?: string
}

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i
/** `mailto:…`, `javascript:…`; `localhost:3000` and `example.com:8080` are hosts with a port. */
const OPAQUE_SCHEME = /^(mailto|javascript|file|about|blob|tel|view-source|data):/i

/** A URL as people type it. Without a scheme it is taken for https, or for http where certificates are not to be had. */
export function startUrl(typed: string): StartUrl {
  const text = typed.trim()
  const scheme = SCHEME.exec(text)?.[1] ?? OPAQUE_SCHEME.exec(text)?.[1]
  if (scheme !== undefined && !/^https?$/i.test(scheme))
    throw badArguments(`"${typed}" can't be crawled: only http and https URLs can.`)
  if (scheme !== undefined) return { url: parsed(text, typed).href }
  const guess = parsed(`https://${text.replace(/^\/+/, '')}`, typed)
  if (!looksLikeHost(guess))
    throw badArguments(`"${typed}" is not a URL. Write it in full, such as https://example.com/.`)
  if (isLoopback(guess.hostname)) guess.protocol = 'http:'
  return { url: guess.href, remark: `Taking "${typed}" for ${guess.href}` }
}

function parsed(text: string, typed: string): URL {
  const url = URL.parse(text)
  if (!url || /\s/.test(text) || url.hostname === '') {
    throw badArguments(`"${typed}" is not a URL. Write it in full, such as https://example.com/.`)
  }
  if (url.username !== '' || url.password !== '') throw badArguments(NO_CREDENTIALS)
  return url
}

/** The URL is not repeated: what is in it may be a password. */
const NO_CREDENTIALS =
  'Leave the user name and password out of the URL. Sites behind a login are crawled through the API, with `auth` in `scrapeOptions`.'

/** A bare word is more likely a forgotten option's value than a host. */
function looksLikeHost({ hostname, port }: URL): boolean {
  return hostname.includes('.') || hostname.startsWith('[') || port !== '' || hostname === 'localhost'
}

/** Development servers on one's own machine rarely have a certificate. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
}
