import { parseGroups } from './parse-robots.ts'

export { standing, type Standing } from './standing.ts'

/** RFC 9309 §2.5 asks for at least 500 KiB; what lies beyond is not read. */
export const ROBOTS_MAX_BYTES = 512_000
/** Longest crawl delay that is honoured; whoever wishes for more is usually misconfigured. The wish stays visible. */
export const MAX_CRAWL_DELAY_MS = 30_000

export interface RobotsRule {
  allow: boolean
  /** Path pattern in the encoding that URLs are matched in. */
  pattern: string
  /** The directive as written, for explanations. */
  written: string
  /** Line of robots.txt, from 1. */
  line: number
}

export interface RobotsGroup {
  /** Product tokens in lower case; `*` is everybody without a group of their own. */
  agents: string[]
  rules: RobotsRule[]
  /** As the site wishes, uncapped. */
  crawlDelayMs?: number
  /** Values of Content-Signal lines (contentsignals.org), as written. */
  contentSignals: string[]
}

/** A robots.txt, or what the lack of one means. Plain JSON. */
export interface Robots {
  /** `rules`: read. `allow_all`: there is none (RFC 9309 §2.3.1.3). `disallow_all`: it can't be had (§2.3.1.4). */
  kind: 'rules' | 'allow_all' | 'disallow_all'
  groups: RobotsGroup[]
  /** As written; a sitemap line belongs to no group. */
  sitemaps: string[]
}

export type RobotsAnswer =
  | { kind: 'body'; text: string }
  | { kind: 'absent'; status: number }
  | { kind: 'unreachable'; status?: number }

export function robotsFor(outcome: RobotsAnswer): Robots {
  if (outcome.kind === 'body') return parseRobots(outcome.text)
  return { kind: outcome.kind === 'absent' ? 'allow_all' : 'disallow_all', groups: [], sitemaps: [] }
}

/** Never fails: lines that say nothing known are passed over (RFC 9309 §2.2). */
export function parseRobots(text: string): Robots {
  return { kind: 'rules', ...parseGroups(withinLimit(text)) }
}

/** The last line of a text that was cut may have lost its end, and `/` for `/private` would shut out the whole site. */
function withinLimit(text: string): string {
  if (text.length * 3 < ROBOTS_MAX_BYTES) return text
  const bytes = new TextEncoder().encode(text)
  if (bytes.byteLength < ROBOTS_MAX_BYTES) return text
  const cut = new TextDecoder().decode(bytes.subarray(0, ROBOTS_MAX_BYTES))
  return cut.slice(0, Math.max(cut.lastIndexOf('\n'), cut.lastIndexOf('\r')) + 1)
}
