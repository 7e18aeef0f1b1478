import { type SiteRecord, isWorthRendering, withRender } from '../../domain/render/site-memory.ts'

/** Sites that this isolate rendered of late. Forgetting one costs a few renders, so it is kept nowhere else. */
const MOST_SITES = 1_000
const records = new Map<string, SiteRecord>()

export function paysOnSite(url: string, now: number): boolean {
  return isWorthRendering(records.get(new URL(url).host), now)
}

export function noteRender(url: string, found: { before: number; after: number }, now: number): void {
  const { host } = new URL(url)
  if (records.size >= MOST_SITES && !records.has(host)) records.clear()
  records.set(host, withRender(records.get(host), found, now))
}
