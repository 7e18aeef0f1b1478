import type { BrowserContext, CDPSession, Page } from '@cloudflare/puppeteer'
import type { Window } from '../../domain/render/visitor.ts'
import { appear } from './appear.ts'
import { BLOCKED_URLS } from './blocked-urls.ts'
import { cookiesOf, setCookies } from './browser-cookies.ts'
import { type Evaluate, WORLD, evaluateIn } from './isolated-world.ts'
import { PageGuard } from './page-guard.ts'
import type { RenderOrder, RenderOutcome } from './render-order.ts'
import { RequestWatch } from './request-watch.ts'
import { within } from './within.ts'

const TELL_WITHIN_MS = 2_000

/** A click on a download is a navigation to the browser until its answer comes, and the page would seem to leave. */
const KEEP_DOWNLOADS_SHUT = `addEventListener('click', (event) => {
  const isDownload = (each) => each instanceof HTMLAnchorElement && each.hasAttribute('download')
  if (event.composedPath().some(isDownload)) event.preventDefault()
}, true)`

/** What would open a window opens here: there is only one. */
const STAY_IN_WINDOW = `addEventListener('click', (event) => {
  for (const each of event.composedPath()) if (each instanceof HTMLAnchorElement) each.removeAttribute('target')
}, true)`

/** A page while it is rendered. */
export interface OpenPage {
  order: RenderOrder
  page: Page
  cdp: CDPSession
  guard: PageGuard
  watch: RequestWatch
  evaluate: Evaluate
  /** Resolves when the page leaves for another, or dies: nothing more is to be waited for. */
  over: Promise<RenderOutcome>
  window: Window
}

/** Milliseconds until the page's time is up. */
export function timeLeft({ deadline }: RenderOrder): number {
  return deadline - Date.now()
}

function scriptFor({ actions }: RenderOrder): string {
  return actions ? `${KEEP_DOWNLOADS_SHUT}\n${STAY_IN_WINDOW}` : KEEP_DOWNLOADS_SHUT
}

/** An empty page, all set for the order's. */
export async function openPage(context: BrowserContext, order: RenderOrder): Promise<OpenPage> {
  const page = await context.newPage()
  const cdp = await page.createCDPSession()
  let leave = (): void => undefined
  const left = new Promise<void>((resolve) => (leave = resolve))
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const guard = new PageGuard(cdp, order, frameTree.frame.id, leave)
  const watch = new RequestWatch(cdp, frameTree.frame.id)
  const over = Promise.race([left.then(() => leaving(cdp, order, guard)), crashed(page, cdp)])
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  page.on('popup', (popup) => void popup?.close().catch(() => undefined))
  const [window] = await Promise.all([
    appear(cdp, order),
    cdp.send('Page.enable'),
    cdp.send('Network.enable'),
    cdp.send('Runtime.enable'),
    cdp.send('Network.setBlockedURLs', { urls: BLOCKED_URLS }),
    cdp.send('Network.setBypassServiceWorker', { bypass: true }),
    cdp.send('Browser.setDownloadBehavior', { behavior: 'deny', ...(context.id && { browserContextId: context.id }) }),
    setCookies(cdp, order.page.url, order.cookies),
    cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scriptFor(order), worldName: WORLD }),
  ])
  await guard.stand()
  return { order, page, cdp, guard, watch, over, evaluate: evaluateIn(cdp), window }
}

function crashed(page: Page, cdp: CDPSession): Promise<RenderOutcome> {
  return new Promise((resolve) => {
    const crash = (): void =>
      resolve({
        kind: 'failed',
        reason: 'tab_crashed',
        detail: 'The page took more memory than a tab has, or broke it.',
      })
    page.once('error', crash)
    cdp.once('Inspector.targetCrashed', crash)
  })
}

async function leaving(cdp: CDPSession, order: RenderOrder, guard: PageGuard): Promise<RenderOutcome> {
  const cookies = (await within(cookiesOf(cdp, order.page.url), TELL_WITHIN_MS)) ?? []
  return { kind: 'left', to: guard.leftFor ?? order.page.url, setCookies: cookies }
}
