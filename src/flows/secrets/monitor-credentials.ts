import type { ScrapeOptions } from '../../contracts/api/scrape.ts'
import { REDACTED, isSecretHeader } from '../../domain/fetch/credentials.ts'
import type { Platform } from '../platform.ts'
import { seal, unseal } from './sealing.ts'

/** The parts of scrape options that nobody may read again. */
type Secrets = Pick<ScrapeOptions, 'headers' | 'cookies' | 'auth'>

/** The options' secrets, sealed for one monitor; null when there are none. */
export async function sealMonitor(
  platform: Platform,
  monitorId: string,
  options: Secrets | undefined,
): Promise<string | null> {
  if (!options) return null
  const headers = Object.fromEntries(Object.entries(options.headers).filter(([name]) => isSecretHeader(name)))
  const { cookies, auth } = options
  if (Object.keys(headers).length === 0 && cookies.length === 0 && auth === undefined) return null
  const secrets: Secrets = { headers, cookies, ...(auth && { auth }) }
  return seal(platform.encryptionSecrets, monitorId, JSON.stringify(secrets))
}

/** The options as they were given: `options` are those that are shown, `sealed` what was taken out of them. */
export async function withSecrets<Options extends Secrets>(
  platform: Platform,
  monitor: { id: string; sealed: string | null },
  options: Options,
): Promise<Options> {
  if (monitor.sealed === null) return options
  const secrets = JSON.parse(await unseal(platform.encryptionSecrets, monitor.id, monitor.sealed)) as Secrets
  return { ...options, ...secrets, headers: { ...options.headers, ...secrets.headers } }
}

/** Whether options name secrets without giving them, as an answer of ours does. */
export function hasRedacted({ headers, cookies, auth }: Secrets): boolean {
  const texts = [...Object.values(headers), ...cookies.map(({ value }) => value)]
  const ofAuth = auth?.type === 'basic' ? [auth.password] : Object.values(auth?.fields ?? {})
  return [...texts, ...ofAuth].includes(REDACTED)
}

/** What was shown and sent back is what it was before. Names that were not there have no secret. */
export function restored<Options extends Secrets>(sent: Options, before: Secrets): Options {
  const valueOf = (value: string, former: string | undefined): string => (value === REDACTED ? (former ?? '') : value)
  const headers = Object.entries(sent.headers).map(([name, value]) => [name, valueOf(value, before.headers[name])])
  const cookies = sent.cookies.map(({ name, value }) => ({
    name,
    value: valueOf(value, before.cookies.find((cookie) => cookie.name === name)?.value),
  }))
  return {
    ...sent,
    headers: Object.fromEntries(headers) as Record<string, string>,
    cookies,
    ...restoredAuth(sent, before),
  }
}

function restoredAuth({ auth }: Secrets, before: Secrets): Pick<ScrapeOptions, 'auth'> {
  const former = before.auth
  if (auth?.type === 'basic') {
    const password = former?.type === 'basic' ? former.password : ''
    return { auth: { ...auth, password: auth.password === REDACTED ? password : auth.password } }
  }
  if (auth?.type !== 'form') return {}
  const known = former?.type === 'form' ? former.fields : {}
  const fields = Object.entries(auth.fields).map(([name, value]) => [
    name,
    value === REDACTED ? (known[name] ?? '') : value,
  ])
  return { auth: { ...auth, fields: Object.fromEntries(fields) as Record<string, string> } }
}
