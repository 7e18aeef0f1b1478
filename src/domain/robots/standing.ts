import { matches, pathOf } from './path-match.ts'
import {
  MAX_CRAWL_DELAY_MS,
  ROBOTS_PATH,
  type Robots,
  type RobotsGroup,
  type RobotsRule,
  type RobotsWishes,
} from './robots-file.ts'

/** What robots.txt says to one crawler about one URL. */
export interface Standing {
  allowed: boolean
  /** What decided, as `Disallow: /x (line 12)`, its escapes decoded; absent when no rule matched. */
  rule?: string
  /** Least time between two fetches that the site asks for, capped at `MAX_CRAWL_DELAY_MS`. */
  crawlDelayMs?: number
  /** The same as the site wrote it, when that is more than the cap. */
  wishedCrawlDelayMs?: number
  /** Content-Signal values for this crawler, as written. */
  contentSignals?: string[]
}

interface Decision {
  allow: boolean
  rule: RobotsRule
}

/** RFC 9309 §2.2.2: the longest matching rule decides, Allow among equals; without any, the URL is allowed. */
export function standing(robots: Robots, productToken: string, url: string): Standing {
  const path = pathOf(url)
  if (path === ROBOTS_PATH || robots.kind === 'allow_all') return { allowed: true }
  if (robots.kind === 'disallow_all') return { allowed: false, rule: 'robots.txt could not be had' }
  const agent = agentIn(robots, productToken)
  const decisive = decisiveRule(robots.groups, agent, path)
  const wishes = robots.wishes.filter((each) => each.agents.includes(agent))
  return {
    allowed: decisive?.allow ?? true,
    ...(decisive && { rule: explained(decisive) }),
    ...delayOf(wishes),
    ...signalsOf(wishes),
  }
}

/** The name that the file knows a crawler by: its own, or else everybody's (RFC 9309 §2.2.1). */
function agentIn({ groups }: Robots, productToken: string): string {
  const token = (/^[a-zA-Z_-]+/.exec(productToken)?.[0] ?? productToken).toLowerCase()
  return groups.some((group) => group.agents.includes(token)) ? token : '*'
}

/** Of all groups that name the agent, which count as one (RFC 9309 §2.2.1). Allow wins among equals. */
function decisiveRule(groups: readonly RobotsGroup[], agent: string, path: string): Decision | undefined {
  const own = groups.filter((group) => group.agents.includes(agent))
  const allowing = longestMatch(
    own.map((group) => group.allow),
    path,
  )
  const forbidding = longestMatch(
    own.map((group) => group.disallow),
    path,
  )
  if (!allowing || (forbidding && forbidding[0].length > allowing[0].length))
    return forbidding && { allow: false, rule: forbidding }
  return { allow: true, rule: allowing }
}

/** Patterns are pure ASCII, so that their length counts octets. */
function longestMatch(lists: readonly RobotsRule[][], path: string): RobotsRule | undefined {
  let longest: RobotsRule | undefined
  for (const rules of lists) {
    for (const rule of rules) {
      if ((!longest || rule[0].length > longest[0].length) && matches(rule[0], path)) longest = rule
    }
  }
  return longest
}

function explained({ allow, rule: [pattern, line] }: Decision): string {
  return `${allow ? 'Allow' : 'Disallow'}: ${readable(pattern)} (line ${line})`
}

function readable(pattern: string): string {
  try {
    return decodeURI(pattern)
  } catch {
    return pattern
  }
}

function delayOf(wishes: readonly RobotsWishes[]): Pick<Standing, 'crawlDelayMs' | 'wishedCrawlDelayMs'> {
  const delays = wishes.flatMap(({ crawlDelayMs }) => crawlDelayMs ?? [])
  if (delays.length === 0) return {}
  const wished = Math.max(...delays)
  if (wished <= MAX_CRAWL_DELAY_MS) return { crawlDelayMs: wished }
  return { crawlDelayMs: MAX_CRAWL_DELAY_MS, wishedCrawlDelayMs: wished }
}

function signalsOf(wishes: readonly RobotsWishes[]): Pick<Standing, 'contentSignals'> {
  const contentSignals = wishes.flatMap((each) => each.contentSignals)
  return contentSignals.length > 0 ? { contentSignals } : {}
}
