import { pathPatternOf } from './path-match.ts'
import type { RobotsGroup, RobotsWishes } from './robots-file.ts'
import type { RobotsLine } from './robots-line.ts'

/**
 * Puts lines into groups. Rules follow RFC 9309 §2.1: a group's agents end at its first allow or disallow, and nothing
 * else ends them (§2.2.4). Wishes, which the standard does not know, hold for the agents named right before them: of a
 * file that asks one crawler for a delay and then names another, the second must not be slowed down.
 */
export class GroupReader {
  readonly groups: RobotsGroup[] = []
  readonly wishes: RobotsWishes[] = []
  readonly sitemaps: string[] = []
  #namesGroup = false
  #agentsJustNamed: string[] = []
  #wishesOpen = false

  take({ directive, value, number }: RobotsLine): void {
    if (directive === 'sitemap') this.sitemaps.push(value)
    else if (directive === 'user-agent') this.#takeAgent(value)
    else if (directive === 'allow' || directive === 'disallow') this.#takeRule(directive, value, number)
    else this.#takeWish(directive, value)
  }

  #takeAgent(value: string): void {
    if (!this.#namesGroup) this.groups.push({ agents: [], allow: [], disallow: [] })
    if (!this.#namesGroup || this.#wishesOpen) this.#agentsJustNamed = []
    this.#namesGroup = true
    this.#wishesOpen = false
    const agent = agentOf(value)
    if (agent === undefined) return
    this.groups.at(-1)?.agents.push(agent)
    this.#agentsJustNamed.push(agent)
  }

  /** Rules before the first user-agent line belong to nobody (RFC 9309 §2.2.1). */
  #takeRule(kind: 'allow' | 'disallow', written: string, line: number): void {
    this.#namesGroup = false
    const group = this.groups.at(-1)
    if (!group || written === '') return
    group[kind].push([pathPatternOf(written), line])
    // Who allows the index page by its file name means the folder itself, too; Google reads it so.
    const folder = /^(.*\/)index\.html?$/.exec(written)?.[1]
    if (kind === 'allow' && folder !== undefined) group.allow.push([pathPatternOf(`${folder}$`), line])
  }

  #takeWish(directive: 'crawl-delay' | 'request-rate' | 'content-signal', value: string): void {
    const wishes = this.#openWishes()
    if (directive === 'content-signal') {
      wishes.contentSignals.push(value)
      return
    }
    const delayMs = directive === 'crawl-delay' ? crawlDelayMs(value) : requestGapMs(value)
    if (delayMs !== undefined) wishes.crawlDelayMs = Math.max(delayMs, wishes.crawlDelayMs ?? 0)
  }

  #openWishes(): RobotsWishes {
    const open = this.#wishesOpen ? this.wishes.at(-1) : undefined
    if (open) return open
    const wishes = { agents: this.#agentsJustNamed, contentSignals: [] }
    this.wishes.push(wishes)
    this.#wishesOpen = true
    return wishes
  }
}

/** The product token alone: a version or comment behind it says nothing (RFC 9309 §2.2.1). */
function agentOf(value: string): string | undefined {
  if (/^\*(?:\s|$)/.test(value)) return '*'
  return /^[a-zA-Z_-]+/.exec(value)?.[0].toLowerCase()
}

function crawlDelayMs(value: string): number | undefined {
  return /^\d+(?:\.\d+)?s?$/.test(value) ? Math.round(Number.parseFloat(value) * 1_000) : undefined
}

const UNIT_MS: Readonly<Record<string, number>> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `1/10s`: one request in ten seconds. The hours that may follow are not looked at: the wish holds all day. */
function requestGapMs(value: string): number | undefined {
  const [, requests, time, unit = ''] = /^(\d+)\s*\/\s*(\d+)\s*([smhd]?)(?:\s|$)/i.exec(value) ?? []
  if (requests === undefined || Number(requests) === 0) return undefined
  return Math.round((Number(time) * (UNIT_MS[unit.toLowerCase()] ?? 1_000)) / Number(requests))
}
