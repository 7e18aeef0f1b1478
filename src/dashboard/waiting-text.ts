import type { Crawl } from '../contracts/api/crawl.ts'
import { waitText } from '../contracts/wait-text.ts'

/** Why a crawl starts nothing for now; empty while it does. The same on the page as it comes and as a script keeps it, so in UTC. */
export function waitingText(waiting: Crawl['waiting']): string {
  return waiting ? waitText(waiting, (until) => `${until.slice(11, 19)} UTC`) : ''
}
