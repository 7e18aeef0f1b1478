import type { Crawl } from './api/crawl.ts'

const WAITS_BECAUSE = {
  rest: 'asked for a pause',
  robots: 'did not give its robots.txt, which is asked for again',
  retry: 'failed for now, and is tried again',
} as const

/** Why a crawl starts nothing for now: `waiting until 14:03:20: https://example.com asked for a pause`. `clock` writes the time. */
export function waitText(
  { reason, origin, until }: NonNullable<Crawl['waiting']>,
  clock: (until: string) => string,
): string {
  return `waiting until ${clock(until)}: ${origin} ${WAITS_BECAUSE[reason]}`
}
