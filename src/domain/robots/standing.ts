import { matches, pathOf } from './path-match.ts'
import { MAX_CRAWL_DELAY_MS, type Robots, type RobotsGroup, type RobotsRule } from './robots.ts'

/** What robots.txt says to one crawler about one URL. */
export interface Standing {
  allowed: boolean
  /** What decided, as `Disallow: /x (line 12)`; absent when no rule matched. */
  rule?: string
  /** Least time between two fetches that the site asks for, capped at `MAX_CRAWL_DELAY_MS`. */
  crawlDelayMs?: number
  /** The same as the site wrote it, when that was more than the cap. */
  wishedCrawlDelayMs?: number
  /** Content-Signal values of the crawler's group, as written. */
  contentSignals?: string[]
}

/** RFC 9309 §2.2.2: the longest matching rule decides, Allow among equals; without any, the URL is allowed. */
export function standing(robots: Robots, productToken: string, url: string): Standing {
  const path = pathOf(url)
  if (path === '/robots.txt' || robots.kind === 'allow_all') return { allowed: true }
  if (robots.kind === 'disallow_all') return { allowed: false, rule: 'robots.txt could not be had' }
  const groups = groupsFor(robots.groups, productToken)
  const decisive = decisiveRule(groups, path)
  return {
    allowed: decisive?.allow ?? true,
    ...(decisive && { rule: `${decisive.allow ? 'Allow' : 'Disallow'}: ${decisive.written} (line ${decisive.line})` }),
    ...delayOf(groups),
    ...signalsOf(groups),
  }
}

/** All groups that name the product, merged; only when there is none, those for everybody (RFC 9309 §2.2.1). */
function groupsFor(groups: readonly RobotsGroup[], productToken: string): RobotsGroup[] {
  const token = (/^[a-zA-Z_-]+/.exec(productToken)?.[0] ?? productToken).toLowerCase()
  const own = groups.filter((group) => group.agents.includes(token))
  return own.length > 0 ? own : groups.filter((group) => group.agents.includes('*'))
}

function decisiveRule(groups: readonly RobotsGroup[], path: string): RobotsRule | undefined {
  let best: RobotsRule | undefined
  for (const { rules } of groups) {
    for (const rule of rules) {
      if (outweighs(rule, best) && matches(rule.pattern, path)) best = rule
    }
  }
  return best
}

/** Patterns are pure ASCII here, so that their length counts octets. */
function outweighs(rule: RobotsRule, best: RobotsRule | undefined): boolean {
  if (!best) return true
  const longer = rule.pattern.length - best.pattern.length
  return longer > 0 || (longer === 0 && rule.allow && !best.allow)
}

function delayOf(groups: readonly RobotsGroup[]): Pick<Standing, 'crawlDelayMs' | 'wishedCrawlDelayMs'> {
  const wishes = groups.flatMap(({ crawlDelayMs }) => crawlDelayMs ?? [])
  if (wishes.length === 0) return {}
  const wished = Math.max(...wishes)
  if (wished <= MAX_CRAWL_DELAY_MS) return { crawlDelayMs: wished }
  return { crawlDelayMs: MAX_CRAWL_DELAY_MS, wishedCrawlDelayMs: wished }
}

function signalsOf(groups: readonly RobotsGroup[]): Pick<Standing, 'contentSignals'> {
  const contentSignals = groups.flatMap((group) => group.contentSignals)
  return contentSignals.length > 0 ? { contentSignals } : {}
}
