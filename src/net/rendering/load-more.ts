import type { LoadMore } from '../../domain/render/load-more.ts'
import type { PageWarning } from '../../domain/page/page.ts'
import { type OpenPage, timeLeft } from './open-page.ts'
import type { RenderOutcome } from './render-order.ts'
import { calm } from './settle.ts'
import { within } from './within.ts'

/** How long a page may take until it begins to show more. */
const GROWS_WITHIN_MS = 2_000
/** Of the page's time, for what comes after. */
const KEPT_MS = 3_000

type Failed = RenderOutcome & { kind: 'failed' }

/** `asked`: something was there to ask for more with. */
interface Step {
  asked: boolean
  /** The selector is none. */
  invalid?: boolean
  grown: boolean
  characters: number
}

/** Has a page show more of itself, until nothing more comes; a warning where a bound came before that. */
export async function loadMore(open: OpenPage, { selector, times }: LoadMore): Promise<PageWarning[] | Failed> {
  const { order, watch } = open
  for (let time = 0; time < times; time++) {
    if (timeLeft(order) < KEPT_MS) return [more(`its time was up after ${time} times; \`timeout\` sets it`)]
    const before = watch.requests
    const step = await within(open.evaluate<Step>(asking(selector)), timeLeft(order))
    if (step?.invalid) return invalid(selector)
    if (!step?.asked || !step.grown) return []
    await calm(open, before)
    if (step.characters * 2 > order.maxCharacters) return [more(`the page has grown to ${step.characters} characters`)]
  }
  return [more(`it was done ${times} times, as was wished`)]
}

function invalid(selector = ''): Failed {
  return { kind: 'failed', reason: 'selector_missing', detail: `\`loadMore.selector\` is no selector: ${selector}` }
}

function more(why: string): PageWarning {
  return { code: 'more_to_load', detail: `\`loadMore\` has ended, and there may be more: ${why}.` }
}

/**
 * Scrolls the page, or whatever in it scrolls most, to its end, or clicks; then waits for growth. What was on the way when
 * this began counts, too.
 */
const asking = (selector: string | undefined): string => `(async () => {
  const size = () => [document.getElementsByTagName('*').length, document.body?.textContent.length ?? 0]
  const before = size()
  const isLonger = (each) => each.scrollHeight > each.clientHeight + 1
  const ask = {
    click: (selector) => {
      try { document.querySelector(selector) } catch { return 'invalid' }
      const found = document.querySelector(selector)
      if (!found || found.disabled || !found.checkVisibility({ visibilityProperty: true })) return false
      found.scrollIntoView({ block: 'center', behavior: 'instant' })
      found.click()
      return true
    },
    scroll: () => {
      const page = document.scrollingElement ?? document.documentElement
      const scrolls = (each) => isLonger(each) && /auto|scroll/.test(getComputedStyle(each).overflowY)
      const inner = isLonger(page) ? [] : [...document.querySelectorAll('body *')].filter(scrolls)
      const longest = inner.reduce((most, each) => (each.scrollHeight > most.scrollHeight ? each : most), page)
      // Not at once at the end only: what watches its way into sight has to see it coming.
      longest.scrollTo({ top: Math.max(0, longest.scrollHeight - 2 * longest.clientHeight), behavior: 'instant' })
      requestAnimationFrame(() => longest.scrollTo({ top: longest.scrollHeight, behavior: 'instant' }))
      return true
    },
  }
  const asked = ${selector === undefined ? 'ask.scroll()' : `ask.click(${JSON.stringify(selector)})`}
  const grown = () => size().some((each, index) => each > before[index])
  if (asked === 'invalid') return { invalid: true, asked: false, grown: false, characters: 0 }
  for (let waited = 0; asked && !grown() && waited < ${GROWS_WITHIN_MS}; waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50))
  return { asked, grown: grown(), characters: document.documentElement.outerHTML.length }
})()`
