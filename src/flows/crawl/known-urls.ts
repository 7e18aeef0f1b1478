import type { ConsideredUrl } from '../../contracts/frontier.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import type { Platform } from '../platform.ts'

/** What a crawl's frontiers know of pages, by URL. A frontier that the crawl never touched knows none. */
export async function knownUrls(
  platform: Platform,
  crawlId: string,
  domains: readonly string[],
  pages: readonly { url: string }[],
): Promise<Map<string, ConsideredUrl>> {
  const byDomain = Map.groupBy(pages, (page) => registrableDomain(page.url))
  const known = new Map<string, ConsideredUrl>()
  for (const domain of domains) {
    const urls = byDomain.get(domain)?.map((page) => page.url) ?? []
    if (urls.length === 0) continue
    for (const url of await platform.frontier(domain).find({ crawlId, urls })) known.set(url.url, url)
  }
  return known
}
