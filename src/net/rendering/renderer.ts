import type { ActiveSession, Browser } from '@cloudflare/puppeteer'
import { type RenderFailure, type RenderOrder, type RenderOutcome } from './render-order.ts'
import { renderPage } from './render-page.ts'
import { within } from './within.ts'

/** Renders pages in one browser session, which is opened with the first of them. Close it when no more are to come. */
export interface Renderer {
  render(wish: RenderWish): Promise<RenderOutcome>
  close(): Promise<void>
}

export type RenderWish = Omit<RenderOrder, 'deadline'>

/** Tabs of one session at a time: more would only wait for the processor inside the browser. */
const TABS = 2
const ASK_AGAIN_MS = 250
/** How long the answer that there is no browser stands. */
const ABSENT_MS = 60_000
/** Beyond a page's own deadline, for what is done after it. */
const GRACE_MS = 15_000
const KEEP_ALIVE_MS = 60_000

let absent: { detail: string; until: number } | undefined

interface OpenSession {
  id: string
  browser: Browser
}

class NoBrowser extends Error {}
class NoFreeBrowser extends Error {}

/** `binding` is Browser Run's, or anything that speaks its protocol. */
export function rendererOf(binding: Fetcher): Renderer {
  let opening: Promise<OpenSession> | undefined
  let tabs = 0
  const waiting: (() => void)[] = []

  const takeTab = async (): Promise<void> => {
    if (tabs >= TABS) await new Promise<void>((resolve) => waiting.push(resolve))
    tabs++
  }
  const giveTab = (): void => {
    tabs--
    waiting.shift()?.()
  }
  const session = (freeBy: number): Promise<OpenSession> => {
    opening ??= openSession(binding, freeBy).catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  /** What has failed in a session may have harmed it: the next page gets another one. */
  const drop = async (lost: OpenSession): Promise<string | undefined> => {
    opening = undefined
    return endSession(binding, lost)
  }

  return {
    render: async (wish) => {
      await takeTab()
      try {
        const open = await session(wish.freeBy)
        return await renderIn(open, { ...wish, deadline: Date.now() + wish.timeoutMs }, drop)
      } catch (error) {
        return refusalOf(error)
      } finally {
        giveTab()
      }
    },
    close: async () => {
      const open = await opening?.catch(() => undefined)
      opening = undefined
      if (open) await endSession(binding, open)
    },
  }
}

async function renderIn(
  open: OpenSession,
  order: RenderOrder,
  drop: (lost: OpenSession) => Promise<string | undefined>,
): Promise<RenderOutcome> {
  try {
    const limitMs = order.deadline - Date.now() + GRACE_MS
    const outcome = await within(renderPage(open.browser, order), limitMs)
    if (outcome && !isHarmful(outcome)) return outcome
    await drop(open)
    return outcome ?? failed('unresponsive', 'The browser did not answer any more.')
  } catch (error) {
    const reason = await drop(open)
    if (reason === 'MemoryLimit') return failed('memory_limit', 'The page took more memory than a session may have.')
    return failed('browser_ended', `The page could not be rendered: ${endOf(reason, error)}`)
  }
}

/** A session that only we have closed had not ended by itself: then the error says more. */
function endOf(reason: string | undefined, error: unknown): string {
  if (reason !== undefined && reason !== 'NormalClosure') return reason
  return error instanceof Error ? error.message.slice(0, 300) : String(error)
}

function isHarmful(outcome: RenderOutcome): boolean {
  return outcome.kind === 'failed' && (outcome.reason === 'unresponsive' || outcome.reason === 'tab_crashed')
}

function refusalOf(error: unknown): RenderOutcome {
  if (error instanceof NoBrowser) return { kind: 'no-browser', detail: error.message }
  if (error instanceof NoFreeBrowser) return failed('no_free_browser', error.message)
  return failed('browser_ended', `No browser could be had: ${error instanceof Error ? error.message : String(error)}`)
}

function failed(reason: RenderFailure, detail: string): RenderOutcome {
  return { kind: 'failed', reason, detail }
}

async function openSession(binding: Fetcher, freeBy: number): Promise<OpenSession> {
  const { default: puppeteer } = await import('@cloudflare/puppeteer')
  const id = await acquire(binding, freeBy)
  return { id, browser: await puppeteer.connect(binding, id) }
}

async function acquire(binding: Fetcher, freeBy: number): Promise<string> {
  if (absent && absent.until > Date.now()) throw new NoBrowser(absent.detail)
  for (;;) {
    const answer = await binding.fetch(`https://browser/v1/devtools/browser?keep_alive=${KEEP_ALIVE_MS}`, {
      method: 'POST',
    })
    if (answer.status === 200) return ((await answer.json()) as { sessionId: string }).sessionId
    const said = await answer.text()
    if (answer.status === 503 && said.includes('no_browser')) {
      absent = { detail: (JSON.parse(said) as { detail: string }).detail, until: Date.now() + ABSENT_MS }
      throw new NoBrowser(absent.detail)
    }
    if (answer.status !== 429) throw new Error(`${answer.status} ${said.slice(0, 300)}`)
    if (Date.now() + ASK_AGAIN_MS > freeBy) throw new NoFreeBrowser('All browsers were in use until the time was up.')
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
}

/** Why it had ended, where it had ended before. */
async function endSession(binding: Fetcher, { id, browser }: OpenSession): Promise<string | undefined> {
  try {
    await within(browser.disconnect(), 1_000)
    const answer = await binding.fetch(`https://browser/v1/devtools/browser/${id}`, { method: 'DELETE' })
    if (answer.status === 200) return ((await answer.json()) as { closeReasonText?: string }).closeReasonText
    if (answer.status !== 404) return undefined
    const { history } = (await (await binding.fetch('https://browser/v1/history')).json()) as {
      history?: (ActiveSession & { closeReasonText: string })[]
    }
    return history?.find((each) => each.sessionId === id)?.closeReasonText
  } catch {
    return undefined
  }
}
