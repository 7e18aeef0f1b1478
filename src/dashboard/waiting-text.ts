import type { Crawl } from '../contracts/api/crawl.ts'

const REASONS = {
  rest: 'the site asked for a pause',
  robots: 'robots.txt can not be had right now',
  retry: 'pages that failed are tried again',
} as const

/** Why a crawl starts nothing for now; empty while it does. */
export function waitingText(waiting: Crawl['waiting']): string {
  return waiting ? `Waits for ${waiting.origin}: ${REASONS[waiting.reason]}` : ''
}
