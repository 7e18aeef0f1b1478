// Crawls and calls of the API share an isolate's one thread. A page is read in one go, for some milliseconds, and a crawl
// has dozens at hand: read one after the other they would hold up every call for each of its steps.

/** While somebody waits at the API, pages are read so far apart: half of the time is for the calls. */
const PAGES_APART_MS = 10
/** A call that is under way for longer waits for something else, or its client has gone. */
const HURRIED_MS = 1_000

interface Call {
  since: number
}

const calls = new Set<Call>()
let lastPageAt = 0

/** Says that somebody waits for an answer; returns what says that it was given. */
export function callBegun(): () => void {
  const call = { since: Date.now() }
  calls.add(call)
  return () => void calls.delete(call)
}

/** Before a page is read: what has arrived meanwhile is looked at first. */
export async function makeWay(): Promise<void> {
  // A timer makes workerd look for what came in; work that is at hand would go on without.
  await pause(0)
  while (isSomebodyWaiting()) {
    const left = lastPageAt + PAGES_APART_MS - Date.now()
    if (left <= 0) break
    await pause(left)
  }
  lastPageAt = Date.now()
}

function isSomebodyWaiting(): boolean {
  const now = Date.now()
  for (const call of calls) {
    if (now - call.since <= HURRIED_MS) return true
    calls.delete(call)
  }
  return false
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
