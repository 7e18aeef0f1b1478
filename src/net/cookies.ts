import { CookieJar } from 'tough-cookie'

/** The cookies of one visitor: kept, sent and forgotten as RFC 6265 has it, public suffixes refused. */
export class Cookies {
  readonly #jar: CookieJar

  constructor(kept?: string) {
    this.#jar = kept === undefined ? emptyJar() : CookieJar.deserializeSync(kept)
  }

  /** The value of the `Cookie` header for a URL; '' for none. */
  headerFor(url: string): string {
    return this.#jar.getCookieStringSync(url)
  }

  /** What an answer of this URL asks to keep. A cookie that may not be set is left out, as in a browser. */
  take(setCookies: readonly string[], url: string): void {
    for (const line of setCookies) {
      try {
        this.#jar.setCookieSync(line, url, { ignoreError: true })
      } catch {
        // Not even a cookie.
      }
    }
  }

  /** For `new Cookies(kept)`. Session cookies included: the session is the crawl. */
  kept(): string {
    return JSON.stringify(this.#jar.serializeSync())
  }
}

/** `looseMode` takes a line without `=`, as browsers do (RFC 6265 §5.2, in its newer draft). */
function emptyJar(): CookieJar {
  return new CookieJar(undefined, { rejectPublicSuffixes: true, looseMode: true })
}

/** The same headers with the jar's cookies after those that the caller gave. */
export function withCookies(headers: Record<string, string>, cookies: string): Record<string, string> {
  if (cookies === '') return headers
  const name = Object.keys(headers).find((each) => each.toLowerCase() === 'cookie') ?? 'cookie'
  return { ...headers, [name]: headers[name] ? `${headers[name]}; ${cookies}` : cookies }
}
