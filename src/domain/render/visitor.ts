/** Who seems to visit a page: it may look different to them. */
export interface Visitor {
  /** With a telephone. */
  mobile?: boolean | undefined
  /** BCP 47. */
  locale?: string | undefined
  /** IANA name. */
  timezone?: string | undefined
}

export interface Window {
  /** CSS pixels. */
  width: number
  height: number
  /** Device pixels of a CSS pixel. */
  scale: number
}

const DESKTOP: Window = { width: 1_280, height: 1_024, scale: 1 }
/** As the telephones that are sold most. */
const TELEPHONE: Window = { width: 412, height: 915, scale: 2 }

export function windowOf({ mobile }: Visitor): Window {
  return mobile ? TELEPHONE : DESKTOP
}

/** Still our own name, with the word that sites look for to tell telephones. */
export function userAgentOf(userAgent: string, { mobile }: Visitor): string {
  return mobile ? `${userAgent} Mobile` : userAgent
}

/** The locale, then its language, then whatever there is. */
export function acceptLanguage(locale: string): string {
  const [language] = locale.split('-')
  return language === locale ? `${locale},*;q=0.5` : `${locale},${language};q=0.9,*;q=0.5`
}

/** What a visitor's browser sends with every request; the caller's own headers go before. */
export function visitorHeaders(
  { mobile, locale }: Visitor,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = new Set(Object.keys(own).map((name) => name.toLowerCase()))
  const sent: [string, string][] = []
  if (locale !== undefined) sent.push(['accept-language', acceptLanguage(locale)])
  if (mobile) sent.push(['sec-ch-ua-mobile', '?1'])
  return Object.fromEntries(sent.filter(([name]) => !given.has(name)))
}
