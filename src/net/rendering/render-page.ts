import type { Browser, BrowserContext, CDPSession, Page } from '@cloudflare/puppeteer'
import { BLOCKED_URLS } from './blocked-urls.ts'
import { PageGuard } from './page-guard.ts'
import { domQuiet } from './quiet.ts'
import type { RenderOrder, RenderOutcome } from './render-order.ts'
import { RequestWatch } from './request-watch.ts'
import { type Serialised, serialise } from './serialise.ts'
import { waitedFor } from './wait-for.ts'
import { within } from './within.ts'

/** A page that is never quiet is taken as it stands after this long. */
const SETTLE_WITHIN_MS = 8_000
/** What reading the document out may take, within the page's own time; a script that never ends shows here. */
const READ_AT_LEAST_MS = 3_000
const READ_AT_MOST_MS = 10_000
const CLOSE_WITHIN_MS = 2_000
const VIEWPORT = { width: 1280, height: 1024 }

/** A click on a download is a navigation to the browser until its answer comes, and the page would seem to leave. */
const KEEP_DOWNLOADS_SHUT = `addEventListener('click', (event) => {
  const isDownload = (each) => each instanceof HTMLAnchorElement && each.hasAttribute('download')
  if (event.composedPath().some(isDownload)) event.preventDefault()
}, true)`

/** A page while it is rendered. */
interface Rendering {
  order: RenderOrder
  page: Page
  cdp: CDPSession
  guard: PageGuard
  watch: RequestWatch
  /** Resolves when the page leaves for another, or dies: nothing more is to be waited for. */
  over: Promise<RenderOutcome | undefined>
}

/** Renders one page in a context of its own: no cookie, cache or storage of another page is in it. */
export async function renderPage(browser: Browser, order: RenderOrder): Promise<RenderOutcome> {
  const startedAt = Date.now()
  const context = await browser.createBrowserContext()
  try {
    const rendering = await openPage(context, order)
    const ended = await Promise.race([rendering.over, loadAndSettle(rendering)])
    if (ended) return ended
    return await readOut(rendering, startedAt)
  } finally {
    await within(context.close(), CLOSE_WITHIN_MS)
  }
}

async function openPage(context: BrowserContext, order: RenderOrder): Promise<Rendering> {
  const page = await context.newPage()
  const cdp = await page.createCDPSession()
  let leave = (): void => undefined
  const left = new Promise<void>((resolve) => (leave = resolve))
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const guard = new PageGuard(cdp, order, frameTree.frame.id, leave)
  const watch = new RequestWatch(cdp)
  const over = Promise.race([left.then(() => leaving(cdp, order, guard)), crashed(page, cdp)])
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined))
  page.on('popup', (popup) => void popup?.close().catch(() => undefined))
  await Promise.all([
    cdp.send('Page.enable'),
    cdp.send('Network.enable'),
    cdp.send('Runtime.enable'),
    cdp.send('Network.setBlockedURLs', { urls: BLOCKED_URLS }),
    cdp.send('Network.setBypassServiceWorker', { bypass: true }),
    cdp.send('Browser.setDownloadBehavior', { behavior: 'deny', ...(context.id && { browserContextId: context.id }) }),
    page.setUserAgent(order.userAgent),
    page.setViewport(VIEWPORT),
    setCookies(cdp, order),
    cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: KEEP_DOWNLOADS_SHUT, worldName: 'lapis' }),
  ])
  await guard.stand()
  return { order, page, cdp, guard, watch, over }
}

async function setCookies(cdp: CDPSession, { cookies, page }: RenderOrder): Promise<void> {
  const pairs = cookies.split('; ').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=')
    return name === '' ? [] : [{ name, value: value.join('='), url: page.url, path: '/' }]
  })
  if (pairs.length > 0) await cdp.send('Network.setCookies', { cookies: pairs })
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
  const setCookies = (await within(cookiesOf(cdp, order.page.url), CLOSE_WITHIN_MS)) ?? []
  return { kind: 'left', to: guard.leftFor ?? order.page.url, setCookies }
}

/** Undefined when the page stands; a page that is not quiet in time stands all the same. */
async function loadAndSettle({ order, cdp, watch }: Rendering): Promise<RenderOutcome | undefined> {
  const left = (): number => order.deadline - Date.now()
  // Of the page alone: a frame that never loads, as those of advertising, is nobody's wait.
  const parsed = new Promise<void>((resolve) => cdp.once('Page.domContentEventFired', () => resolve()))
  const { errorText } = await cdp.send('Page.navigate', { url: order.page.url })
  if (errorText !== undefined) {
    // Where it is a page that left at once, `over` tells where to.
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { kind: 'failed', reason: 'not_loaded', detail: `The browser could not load it: ${errorText}` }
  }
  await within(parsed, left())
  const capMs = Math.min(SETTLE_WITHIN_MS, left() - 1_000)
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

async function readOut({ order, cdp, guard, watch }: Rendering, startedAt: number): Promise<RenderOutcome> {
  const limitMs = Math.min(READ_AT_MOST_MS, Math.max(READ_AT_LEAST_MS, order.timeoutMs))
  const seen = await within(serialised(cdp, order.maxCharacters), limitMs)
  if (!seen) {
    const detail = `The page's scripts did not stop for ${limitMs / 1_000} s.`
    return { kind: 'failed', reason: 'unresponsive', detail }
  }
  if (!/^https?:/.test(seen.url))
    return { kind: 'failed', reason: 'not_loaded', detail: `The page replaced itself by ${seen.url.slice(0, 100)}.` }
  const { html, url, length } = seen
  if (html === undefined) {
    const detail = `The rendered document has ${length} characters, more than \`maxBytes\`.`
    return { kind: 'failed', reason: 'too_large', detail }
  }
  const notes = {
    consoleErrors: watch.consoleErrors,
    failedRequests: watch.failed,
    requests: watch.requests,
    blockedRequests: guard.blocked,
    ms: Date.now() - startedAt,
  }
  return { kind: 'rendered', html, url, setCookies: await cookiesOf(cdp, url), notes }
}

async function serialised(cdp: CDPSession, mostCharacters: number): Promise<Serialised> {
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const world = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'lapis' })
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
    expression: serialise(mostCharacters),
    contextId: world.executionContextId,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value as Serialised
}

async function cookiesOf(cdp: CDPSession, url: string): Promise<string[]> {
  const { cookies } = await cdp.send('Network.getCookies', { urls: [url] })
  return cookies.map(setCookieLine)
}

interface BrowserCookie {
  name: string
  value: string
  domain: string
  path: string
  expires: number
  secure: boolean
}

function setCookieLine({ name, value, domain, path, expires, secure }: BrowserCookie): string {
  const lasting = expires > 0 ? `; Expires=${new Date(expires * 1_000).toUTCString()}` : ''
  // A leading dot is the protocol's way to say that the cookie is for subdomains, too.
  const wide = domain.startsWith('.') ? `; Domain=${domain.slice(1)}` : ''
  return `${name}=${value}; Path=${path}${wide}${lasting}${secure ? '; Secure' : ''}`
}
