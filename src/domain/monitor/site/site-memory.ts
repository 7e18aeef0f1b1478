import type { SiteLook } from './decide-site.ts'
import type { RemovedPage, SiteNews } from './site-change.ts'

/** A page that was gone when last looked at. */
export type Suspect = RemovedPage

/** What became of a suspect: it is there again, gone again, or nobody can tell. */
export type SecondLook = 'back' | 'gone' | 'unknown'

/** What a monitor remembers of its site beside the crawl that the next one is compared with. Plain JSON. */
export interface SiteMemory {
  suspects: readonly Suspect[]
  /** What was told since that crawl, by URL: the page's hash, or GONE. */
  told: Readonly<Record<string, string>>
  /** Looks that have been compared with the same crawl, because pages could not be had. */
  kept: number
}

export const FIRST_SITE_MEMORY: SiteMemory = { suspects: [], told: {}, kept: 0 }

const GONE = 'gone'
/** A page that can never be had must not keep the others compared with what they were long ago. */
const MOST_KEPT = 5

/**
 * The memory after a look. While pages of the former crawl can't be had, it stays what is compared with: they would else be
 * forgotten, and what only they link to would be new when they are back. What was told meanwhile is not told again.
 */
export function afterLook(
  { suspects, told, kept }: SiteMemory,
  look: SiteLook,
  news: SiteNews,
): { memory: SiteMemory; isDoubtful: boolean; movesBase: boolean } {
  const waiting = suspects.filter(({ url }) => (look.secondLooks.get(url) ?? 'unknown') === 'unknown')
  const removed = new Set(news.removed.map(({ url }) => url))
  const known = new Set([...waiting.map(({ url }) => url), ...removed])
  const doubtful = look.gone.filter(({ url }) => !known.has(url) && told[url] !== GONE)
  const movesBase = !look.isWhole || look.missed === 0 || kept >= MOST_KEPT
  const toldNow = {
    ...told,
    ...Object.fromEntries([...news.new, ...news.changed].map(({ url, hash }) => [url, hash])),
    ...Object.fromEntries([...removed].map((url) => [url, GONE])),
  }
  return {
    memory: {
      suspects: [...waiting, ...doubtful],
      told: movesBase ? {} : toldNow,
      kept: movesBase ? 0 : kept + 1,
    },
    isDoubtful: doubtful.length > 0,
    movesBase,
  }
}
