import { pathPatternOf } from './path-match.ts'
import type { Robots, RobotsGroup } from './robots.ts'

type Directive = 'user-agent' | 'allow' | 'disallow' | 'crawl-delay' | 'sitemap' | 'content-signal'

/** Spellings found in the wild besides the right one; RFC 9309 §2.2.4 lets a crawler be that tolerant. */
const SPELLINGS: Readonly<Record<string, Directive>> = {
  'user-agent': 'user-agent',
  useragent: 'user-agent',
  'user agent': 'user-agent',
  allow: 'allow',
  disallow: 'disallow',
  dissallow: 'disallow',
  dissalow: 'disallow',
  disalow: 'disallow',
  diasllow: 'disallow',
  disallaw: 'disallow',
  'crawl-delay': 'crawl-delay',
  crawldelay: 'crawl-delay',
  'crawl delay': 'crawl-delay',
  sitemap: 'sitemap',
  'site-map': 'sitemap',
  'content-signal': 'content-signal',
}

interface Line {
  directive: Directive
  value: string
  number: number
}

/** Reads lines into groups (RFC 9309 §2.1). Groups that name the same product stay apart here; `standing` merges them. */
export function parseGroups(text: string): Pick<Robots, 'groups' | 'sitemaps'> {
  const groups: RobotsGroup[] = []
  const sitemaps: string[] = []
  let startsGroup = true
  for (const line of linesOf(text)) {
    if (line.directive === 'sitemap') sitemaps.push(line.value)
    else if (line.directive === 'user-agent') {
      if (startsGroup) groups.push({ agents: [], rules: [], contentSignals: [] })
      groups.at(-1)?.agents.push(...agentOf(line.value))
      startsGroup = false
    } else {
      // Only allow and disallow end a group's list of agents: other records must not interfere (RFC 9309 §2.2.4).
      if (line.directive === 'allow' || line.directive === 'disallow') startsGroup = true
      const group = groups.at(-1)
      // Rules before the first user-agent line belong to nobody (RFC 9309 §2.2.1).
      if (group) addToGroup(group, line)
    }
  }
  return { groups, sitemaps }
}

function* linesOf(text: string): Generator<Line> {
  // A byte order mark, also one whose bytes were read as Latin-1.
  const lines = text.replace(/^(?:\uFEFF|ï»¿)/, '').split(/\r\n|\r|\n/)
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/#.*$/, '').trim()
    const [, name, value] = /^([^:]*?)\s*:\s*(.*)$/.exec(line) ?? /^(\S+)\s+(.*)$/.exec(line) ?? []
    const directive = name === undefined ? undefined : SPELLINGS[name.toLowerCase()]
    if (directive !== undefined && value !== undefined) yield { directive, value, number: index + 1 }
  }
}

/** The product token alone: a version or comment behind it says nothing (RFC 9309 §2.2.1). */
function agentOf(value: string): string[] {
  if (/^\*(?:\s|$)/.test(value)) return ['*']
  const token = /^[a-zA-Z_-]+/.exec(value)?.[0]
  return token === undefined ? [] : [token.toLowerCase()]
}

function addToGroup(group: RobotsGroup, { directive, value, number }: Line): void {
  if (directive === 'content-signal') group.contentSignals.push(value)
  else if (directive === 'crawl-delay') {
    const seconds = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN
    if (Number.isFinite(seconds)) group.crawlDelayMs = Math.round(seconds * 1_000)
  } else if (value !== '') {
    const allow = directive === 'allow'
    group.rules.push({ allow, pattern: pathPatternOf(value), written: value, line: number })
  }
}
