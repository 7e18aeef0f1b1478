import type { Browser, CDPSession } from '@cloudflare/puppeteer'
import { type OpenPage, openPage, timeLeft } from './open-page.ts'
import { domQuiet } from './quiet.ts'
import { readOut } from './read-out.ts'
import type { RenderOrder, RenderOutcome } from './render-order.ts'
import type { RequestWatch } from './request-watch.ts'
import { waitedFor } from './wait-for.ts'
import { within } from './within.ts'

/** A page that is never quiet is taken as it stands after this long. */
const SETTLE_WITHIN_MS = 8_000
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
  return (await loadAndSettle(open)) ?? readOut(open, startedAt)
}

/** Undefined when the page stands; a page that is not quiet in time stands all the same. */
async function loadAndSettle({ order, cdp, watch }: OpenPage): Promise<RenderOutcome | undefined> {
  // Of the page alone: a frame that never loads, as those of advertising, is nobody's wait.
  const parsed = new Promise<void>((resolve) => cdp.once('Page.domContentEventFired', () => resolve()))
  const { errorText } = await cdp.send('Page.navigate', { url: order.page.url })
  if (errorText !== undefined) {
    // Where it is a page that left at once, `over` tells where to.
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { kind: 'failed', reason: 'not_loaded', detail: `The browser could not load it: ${errorText}` }
  }
  await within(parsed, timeLeft(order))
  const capMs = Math.min(SETTLE_WITHIN_MS, timeLeft(order) - 1_000)
  await within(settled(cdp, watch, capMs), capMs)
  return waitedFor(cdp, order)
}

async function settled(cdp: CDPSession, watch: RequestWatch, capMs: number): Promise<void> {
  await watch.idle()
  for (let asked = -1; asked !== watch.requests;) {
    asked = watch.requests
    await cdp.send('Runtime.evaluate', { expression: domQuiet(capMs), awaitPromise: true })
    await watch.idle()
  }
}
