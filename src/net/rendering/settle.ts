import type { CDPSession } from '@cloudflare/puppeteer'
import { type OpenPage, timeLeft } from './open-page.ts'
import { domQuiet } from './quiet.ts'
import type { RequestWatch } from './request-watch.ts'
import { within } from './within.ts'

/** A page that is never quiet is taken as it stands after this long. */
const SETTLE_WITHIN_MS = 8_000
/** After an action less is awaited: most have no consequence but what is there at once. */
const CALM_WITHIN_MS = 3_000
/** For a click to become a navigation, which nobody announces. */
const TAKE_EFFECT_MS = 100
/** A page that goes on from one document to the next is taken where it is after so many. */
const MOST_ARRIVALS = 5

/** Waits until a page that was loaded is quiet. */
export async function settle({ cdp, watch, order }: OpenPage): Promise<void> {
  const capMs = Math.min(SETTLE_WITHIN_MS, timeLeft(order) - 1_000)
  await within(quiet(cdp, watch, capMs), capMs)
}

/** Waits until the page is quiet after something was done to it, on whatever document it has come to by then. */
export async function calm(open: OpenPage, requestsBefore: number): Promise<void> {
  const { cdp, watch, guard, order } = open
  await new Promise((resolve) => setTimeout(resolve, TAKE_EFFECT_MS))
  if (!guard.arrival && watch.isIdle && watch.requests === requestsBefore) return unchanging(open)
  for (let seen = -1, tries = 0; seen !== guard.visits && tries < MOST_ARRIVALS; tries++) {
    seen = guard.visits
    if (guard.arrival) await within(guard.arrival, timeLeft(order))
    const capMs = Math.min(CALM_WITHIN_MS, timeLeft(order))
    // A document that is left in the middle of it is not quiet, and does not matter any more.
    await within(
      quiet(cdp, watch, capMs).catch(() => undefined),
      capMs,
    )
  }
}

/** An action that asks the site for nothing shows at once. */
async function unchanging({ evaluate }: OpenPage): Promise<void> {
  const limitMs = CALM_WITHIN_MS
  await within(
    evaluate(domQuiet(limitMs)).catch(() => undefined),
    limitMs,
  )
}

async function quiet(cdp: CDPSession, watch: RequestWatch, capMs: number): Promise<void> {
  await watch.idle()
  for (let asked = -1; asked !== watch.requests;) {
    asked = watch.requests
    await cdp.send('Runtime.evaluate', { expression: domQuiet(capMs), awaitPromise: true })
    await watch.idle()
  }
}
