/** URLs of one crawl that a frontier has taken from us: offering them again would change nothing. */
export interface SeenUrls {
  has: (url: string) => boolean
  /** Remembers a URL for this batch; it counts for later ones once `keep` is called. */
  note: (url: string) => void
}

/** Crawls remembered per isolate, and URLs per crawl: about 100 bytes each, so some 40 MB at the very most. */
const MAX_CRAWLS = 4
const MAX_URLS = 100_000

const memory = new Map<string, Set<string>>()

/** A refusal is remembered apart: the same URL may be admitted later, by a better way. */
export function refusedMark(url: string): string {
  return `-${url}`
}

/**
 * An optimisation only, lost with the isolate: the frontier decides what is new. `keep` must be called after the
 * frontier has the batch, never before, or a failed delivery would hide URLs from the crawl.
 */
export function seenUrls(crawlId: string): SeenUrls & { keep: () => void } {
  const known = memory.get(crawlId)
  const noted = new Set<string>()
  return {
    has: (url) => noted.has(url) || (known?.has(url) ?? false),
    note: (url) => noted.add(url),
    keep: () => remember(crawlId, noted),
  }
}

function remember(crawlId: string, urls: ReadonlySet<string>): void {
  const known = memory.get(crawlId) ?? new Set<string>()
  memory.delete(crawlId)
  memory.set(crawlId, known)
  for (const url of urls) if (known.size < MAX_URLS) known.add(url)
  const oldest = memory.keys().next().value
  if (memory.size > MAX_CRAWLS && oldest !== undefined) memory.delete(oldest)
}
