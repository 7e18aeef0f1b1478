import type { Browser } from '@cloudflare/puppeteer'
import { type OpenPage, openPage, timeLeft } from './open-page.ts'
import { Performed } from './performed.ts'
import { prepare } from './prepare.ts'
import { readOut } from './read-out.ts'
import type { RenderOrder, RenderOutcome } from './render-order.ts'
import { settle } from './settle.ts'
import { waitedFor } from './wait-for.ts'
import { within } from './within.ts'

const CLOSE_WITHIN_MS = 2_000

/** Renders one page in a context of its own: no cookie, cache or storage of another page is in it. */
export async function renderPage(browser: Browser, order: RenderOrder): Promise<RenderOutcome> {
  const startedAt = Date.now()
  const context = await browser.createBrowserContext()
  try {
    const open = await openPage(context, order)
    return await Promise.race([open.over, loadAndRead(open, startedAt)])
  } finally {
    await within(context.close(), CLOSE_WITHIN_MS)
  }
}

async function loadAndRead(open: OpenPage, startedAt: number): Promise<RenderOutcome> {
  const failure = await loadAndSettle(open)
  if (failure) return failure
  const performed = await prepare(open)
  return performed instanceof Performed ? readOut(open, performed, startedAt) : performed
}

/** Undefined when the page stands; a page that is not quiet in time stands all the same. */
async function loadAndSettle(open: OpenPage): Promise<RenderOutcome | undefined> {
  const { order, cdp } = open
  // Of the page alone: a frame that never loads, as those of advertising, is nobody's wait.
  const parsed = new Promise<void>((resolve) => cdp.once('Page.domContentEventFired', () => resolve()))
  const { errorText } = await cdp.send('Page.navigate', { url: order.page.url })
  if (errorText !== undefined) {
    // Where it is a page that left at once, `over` tells where to.
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { kind: 'failed', reason: 'not_loaded', detail: `The browser could not load it: ${errorText}` }
  }
  await within(parsed, timeLeft(order))
  await settle(open)
  return waitedFor(cdp, order)
}
