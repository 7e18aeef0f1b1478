/** Calls that make us fetch and read a page, or stream a whole crawl, against one that reads a few rows. */
const HEAVY = 10

const HEAVY_CALLS: readonly RegExp[] = [
  /^POST \/v1\/(?:scrape|map)$/,
  /^POST \/v1\/monitors\/preview$/,
  /^GET \/v1\/(?:crawls|batches)\/[^/]+\/export$/,
]

/** What a call counts for, in limits and in what is under way. */
export function weightOf(method: string, path: string): number {
  return HEAVY_CALLS.some((call) => call.test(`${method} ${path}`)) ? HEAVY : 1
}
