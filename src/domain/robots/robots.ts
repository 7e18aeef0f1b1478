import { readRobotsLines } from './robots-line.ts'
import { ROBOTS_MAX_BYTES, type Robots } from './robots-file.ts'
import { GroupReader } from './group-reader.ts'

export { MAX_CRAWL_DELAY_MS, ROBOTS_MAX_BYTES, ROBOTS_PATH, type Robots } from './robots-file.ts'
export { type Standing, standing } from './standing.ts'

/** How asking for a robots.txt ended, redirects followed. */
export type RobotsAnswer =
  | { kind: 'body'; text: string }
  | { kind: 'absent'; status: number }
  | { kind: 'unreachable'; status?: number }

export function robotsFor(answer: RobotsAnswer): Robots {
  if (answer.kind === 'body') return parseRobots(answer.text)
  return { kind: answer.kind === 'absent' ? 'allow_all' : 'disallow_all', groups: [], wishes: [], sitemaps: [] }
}

/** Never fails: lines that say nothing known are passed over (RFC 9309 §2.2). */
export function parseRobots(text: string): Robots {
  const reader = new GroupReader()
  for (const line of readRobotsLines(withinLimit(text))) reader.take(line)
  return { kind: 'rules', groups: reader.groups, wishes: reader.wishes, sitemaps: reader.sitemaps }
}

/** The last line of a text that was cut may have lost its end, and `/` for `/private` would shut out the whole site. */
function withinLimit(text: string): string {
  if (text.length * 3 < ROBOTS_MAX_BYTES) return text
  const bytes = new TextEncoder().encode(text)
  if (bytes.byteLength < ROBOTS_MAX_BYTES) return text
  const cut = new TextDecoder().decode(bytes.subarray(0, ROBOTS_MAX_BYTES))
  return cut.slice(0, Math.max(cut.lastIndexOf('\n'), cut.lastIndexOf('\r')) + 1)
}
