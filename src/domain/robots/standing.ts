import { matches, pathOf } from './path-match.ts'
import { MAX_CRAWL_DELAY_MS, type Robots, type RobotsGroup, type RobotsRule, type RobotsWishes } from './robots-file.ts'

/** What robots.txt says to one crawler about one URL. */
export interface Standing {
  allowed: boolean
  /** What decided, as `Disallow: /x (line 12)`; absent when no rule matched. */
  rule?: string
  /** Least time between two fetches that the site asks for, capped at `MAX_CRAWL_DELAY_MS`. */
  crawlDelayMs?: number
  /** The same as the site wrote it, when that is more than the cap. */
  wishedCrawlDelayMs?: number
  /** Content-Signal values for this crawler, as written. */
  contentSignals?: string[]
}

/** RFC 9309 §2.2.2: the longest matching rule decides, Allow among equals; without any, the URL is allowed. */
export function standing(robots: Robots, productToken: string, url: string): Standing {
  const path = pathOf(url)
  if (path === '/robots.txt' || robots.kind === 'allow_all') return { allowed: true }
  if (robots.kind === 'disallow_all') return { allowed: false, rule: 'robots.txt could not be had' }
  const agent = agentIn(robots, productToken)
  const decisive = decisiveRule(robots.groups, agent, path)
  const wishes = robots.wishes.filter((each) => each.agents.includes(agent))
  return {
    allowed: decisive?.allow ?? true,
    ...(decisive && { rule: `${decisive.allow ? 'Allow' : 'Disallow'}: ${decisive.written} (line ${decisive.line})` }),
    ...delayOf(wishes),
    ...signalsOf(wishes),
  }
}

/** The name that the file knows a crawler by: its own, or else everybody's (RFC 9309 §2.2.1). */
function agentIn({ groups }: Robots, productToken: string): string {
  const token = (/^[a-zA-Z_-]+/.exec(productToken)?.[0] ?? productToken).toLowerCase()
  return groups.some((group) => group.agents.includes(token)) ? token : '*'
}

/** Of all groups that name the agent, which count as one (RFC 9309 §2.2.1). */
function decisiveRule(groups: readonly RobotsGroup[], agent: string, path: string): RobotsRule | undefined {
  let best: RobotsRule | undefined
  for (const group of groups) {
    if (!group.agents.includes(agent)) continue
    for (const rule of group.rules) {
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
