import type { ScrapeOptions } from '../../contracts/api/scrape.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { credentialHeaders, isSecretHeader } from '../../domain/fetch/credentials.ts'
import type { Platform } from '../platform.ts'
import { seal, unseal } from './sealing.ts'

/** What a crawl carries that nobody may read: never stored open, never part of a message. */
export interface CrawlSecrets {
  /** Headers that carry credentials. */
  headers: Record<string, string>
  /** Fields of the login form. */
  fields: Record<string, string>
}

const NONE: CrawlSecrets = { headers: {}, fields: {} }

/** Opened secrets remembered before the memory starts anew: a few crawls run at a time. */
const MAX_REMEMBERED = 100
const opened = new Map<string, CrawlSecrets>()

/** A crawl's credentials, sealed for it alone; undefined when it has none. */
export async function sealCredentials(
  platform: Platform,
  crawlId: string,
  options: ScrapeOptions,
): Promise<string | undefined> {
  const secret = Object.entries(credentialHeaders(options)).filter(([name]) => isSecretHeader(name))
  const fields = options.auth?.type === 'form' ? options.auth.fields : {}
  if (secret.length === 0 && Object.keys(fields).length === 0) return undefined
  const secrets: CrawlSecrets = { headers: Object.fromEntries(secret), fields }
  return seal(platform.encryptionSecrets, crawlId, JSON.stringify(secrets))
}

export async function secretsOf(platform: Platform, { sealed, crawlId }: CrawlBrief): Promise<CrawlSecrets> {
  if (sealed === undefined) return NONE
  const known = opened.get(sealed)
  if (known) return known
  const secrets = JSON.parse(await unseal(platform.encryptionSecrets, crawlId, sealed)) as CrawlSecrets
  if (opened.size >= MAX_REMEMBERED) opened.clear()
  opened.set(sealed, secrets)
  return secrets
}
