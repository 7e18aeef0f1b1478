/** Credentials as callers give them, beside plain headers. */
export interface Credentials {
  headers: Readonly<Record<string, string>>
  cookies: readonly { name: string; value: string }[]
  auth?: BasicAuth | FormAuth | undefined
}

interface BasicAuth {
  type: 'basic'
  username: string
  password: string
}

export interface FormAuth {
  type: 'form'
  url: string
  fields: Record<string, string>
  successSelector?: string | undefined
}

/** Stands for a secret wherever one would be shown. */
export const REDACTED = '[redacted]'

/**
 * The headers that carry a caller's credentials: one `Cookie` (RFC 6265 §5.4) and the `Authorization` of Basic
 * (RFC 7617, in UTF-8). What the caller wrote as a header by hand comes first in a `Cookie` and wins over `auth`.
 */
export function credentialHeaders({ headers, cookies, auth }: Credentials): Record<string, string> {
  const sent: Record<string, string> = { ...headers }
  const nameOf = (wanted: string): string => Object.keys(sent).find((name) => name.toLowerCase() === wanted) ?? wanted
  const cookieName = nameOf('cookie')
  const pairs = [
    ...(sent[cookieName] ? [sent[cookieName]] : []),
    ...cookies.map(({ name, value }) => `${name}=${value}`),
  ]
  if (pairs.length > 0) sent[cookieName] = pairs.join('; ')
  if (auth?.type === 'basic') sent[nameOf('authorization')] ??= `Basic ${base64(`${auth.username}:${auth.password}`)}`
  return sent
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

/** The same options without their secrets, for answers and logs: names stay, so that people see what they gave. */
export function withoutSecrets<Options extends Credentials>(options: Options): Options {
  const { headers, cookies, auth } = options
  return {
    ...options,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, isSecretHeader(name) ? REDACTED : value]),
    ),
    cookies: cookies.map((cookie) => ({ ...cookie, value: REDACTED })),
    ...(auth && { auth: redacted(auth) }),
  }
}

function redacted(auth: BasicAuth | FormAuth): BasicAuth | FormAuth {
  if (auth.type === 'basic') return { ...auth, password: REDACTED }
  return { ...auth, fields: Object.fromEntries(Object.keys(auth.fields).map((name) => [name, REDACTED])) }
}

/** The headers that are no secret, and may be stored as they are. */
export function plainHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecretHeader(name)))
}

/** Header names that carry secrets by their standard or by custom: X-Api-Key, X-Auth-Token, … */
export function isSecretHeader(name: string): boolean {
  return /^(?:proxy-)?authorization$|cookie|token|secret|password|api-?key|credential/i.test(name)
}
