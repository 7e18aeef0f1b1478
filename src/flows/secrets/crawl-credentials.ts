import type { ScrapeOptions } from '../../contracts/api/scrape.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { credentialHeaders, isSecretHeader } from '../../domain/fetch/credentials.ts'
import type { Platform } from '../platform.ts'
import { seal, unseal } from './sealing.ts'

/** Opened credentials remembered before the memory starts anew: a few crawls run at a time. */
const MAX_REMEMBERED = 100
const opened = new Map<string, Record<string, string>>()

/** The headers that carry a crawl's credentials, sealed for it alone; undefined when it has none. */
export async function sealCredentials(
  platform: Platform,
  crawlId: string,
  options: ScrapeOptions,
): Promise<string | undefined> {
  const secret = Object.entries(credentialHeaders(options)).filter(([name]) => isSecretHeader(name))
  if (secret.length === 0) return undefined
  return seal(platform.encryptionSecrets, crawlId, JSON.stringify(Object.fromEntries(secret)))
}

/** All headers that a crawl's fetches carry. The result is never stored, and never part of a message. */
export async function headersOf(platform: Platform, brief: CrawlBrief): Promise<Record<string, string>> {
  const { sealedHeaders, page, crawlId } = brief
  if (sealedHeaders === undefined) return page.headers
  const known = opened.get(sealedHeaders)
  if (known) return { ...page.headers, ...known }
  const secret = JSON.parse(await unseal(platform.encryptionSecrets, crawlId, sealedHeaders)) as Record<string, string>
  if (opened.size >= MAX_REMEMBERED) opened.clear()
  opened.set(sealedHeaders, secret)
  return { ...page.headers, ...secret }
}
