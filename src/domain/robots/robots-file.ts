/** RFC 9309 §2.3: where the rules of an origin are. */
export const ROBOTS_PATH = '/robots.txt'
/** RFC 9309 §2.5 asks for at least 500 KiB; what lies beyond is not read. */
export const ROBOTS_MAX_BYTES = 512_000
/** Longest crawl delay that is honoured; whoever wishes for more is usually misconfigured. The wish stays visible. */
export const MAX_CRAWL_DELAY_MS = 30_000

/** A path pattern in the encoding that URLs are matched in, and its line of robots.txt, from 1. */
export type RobotsRule = [pattern: string, line: number]

/**
 * Agents and the rules that hold for them (RFC 9309 §2.1). Rules are pairs because a full-sized file holds 50,000 of them,
 * and a Durable Object stores the whole in one value of at most 2 MB.
 */
export interface RobotsGroup {
  /** Product tokens in lower case; `*` is everybody without a group of their own. */
  agents: string[]
  allow: RobotsRule[]
  disallow: RobotsRule[]
}

/** What a site asks of agents beyond the standard. */
export interface RobotsWishes {
  agents: string[]
  /** From Crawl-delay or Request-rate, uncapped. */
  crawlDelayMs?: number
  /** Values of Content-Signal lines (contentsignals.org), as written. */
  contentSignals: string[]
}

/** A robots.txt, or what the lack of one means. Plain JSON. */
export interface Robots {
  /** `rules`: read. `allow_all`: there is none (RFC 9309 §2.3.1.3). `disallow_all`: it can't be had (§2.3.1.4). */
  kind: 'rules' | 'allow_all' | 'disallow_all'
  groups: RobotsGroup[]
  wishes: RobotsWishes[]
  /** As written; a sitemap line belongs to no group. */
  sitemaps: string[]
}
