import type { ElementHandle, KeyInput } from '@cloudflare/puppeteer'
import { type Action, MOST_RESULT, keysOf } from '../../domain/render/action.ts'
import { ActionFault } from './action-fault.ts'
import { type OpenPage, timeLeft } from './open-page.ts'
import type { ActionResult } from './performed.ts'
import { screenshot } from './screenshot.ts'

/** What is acted on has to be there, and to be seen, within this long. */
const FIND_WITHIN_MS = 10_000
/** Of the page's time: what can't be done within it is told before it is up. */
const KEPT_MS = 200
/** Longer texts are put in at once, without a key pressed for each character. */
const LONG_TEXT = 200

type Perform<Type extends Action['type']> = (
  open: OpenPage,
  action: Extract<Action, { type: Type }>,
  tell: Tell,
) => Promise<void>
type Tell = (result: ActionResult) => void

const PERFORM: { [Type in Action['type']]: Perform<Type> } = {
  click: async (open, { selector }) => {
    const element = await found(open, selector)
    await element.click()
  },
  type: async (open, { selector, text, clear }) => {
    const { keyboard } = open.page
    if (selector !== undefined) await (await found(open, selector)).focus()
    if (clear) {
      await pressed(open, 'Control+A')
      await pressed(open, 'Backspace')
    }
    if (text.length > LONG_TEXT) await keyboard.sendCharacter(text)
    else await keyboard.type(text)
  },
  press: async (open, { key }) => pressed(open, key),
  scroll: async (open, { direction, pixels, selector }) => {
    if (selector !== undefined) await found(open, selector)
    await open.evaluate(scrollBy(direction, pixels, selector))
  },
  wait: async (open, { milliseconds = 0, selector }) => {
    if (selector !== undefined) return void (await found(open, selector, timeLeft(open.order), false))
    const leftMs = timeLeft(open.order) - KEPT_MS
    if (milliseconds > leftMs) throw new ActionFault(`\`timeout\` leaves it ${Math.max(0, Math.round(leftMs))} ms`)
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
  },
  screenshot: async (open, wish, tell) => {
    const capture = await screenshot(open, wish)
    if (!capture) throw new ActionFault('nothing to be seen matches its selector')
    tell({ capture })
  },
  evaluate: async ({ cdp }, { script }, tell) => {
    const expression = evaluated(script)
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    })
    if (exceptionDetails)
      throw new ActionFault(withoutStack(exceptionDetails.exception?.description ?? exceptionDetails.text))
    const { json, length } = result.value as { json?: string; length: number }
    if (json === undefined)
      throw new ActionFault(`its result has ${length} characters of JSON, and may have ${MOST_RESULT}`)
    tell({ json })
  },
}

/** Throws an `ActionFault` where the page, or the action, is not as it should be. */
export function perform<Type extends Action['type']>(
  open: OpenPage,
  action: Extract<Action, { type: Type }>,
  tell: Tell,
): Promise<void> {
  return PERFORM[action.type as Type](open, action, tell)
}

async function found(
  { page, order }: OpenPage,
  selector: string,
  withinMs = FIND_WITHIN_MS,
  visible = true,
): Promise<ElementHandle> {
  const timeout = Math.max(1, Math.min(withinMs, timeLeft(order) - KEPT_MS))
  try {
    const element = await page.waitForSelector(selector, { visible, timeout })
    if (element) return element
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error
  }
  throw new ActionFault(`nothing ${visible ? 'to be seen ' : ''}matched within ${Math.round(timeout / 100) / 10} s`)
}

async function pressed({ page: { keyboard } }: OpenPage, press: string): Promise<void> {
  const { modifiers, key } = keysOf(press)
  for (const modifier of modifiers) await keyboard.down(modifier as KeyInput)
  await keyboard.press(key as KeyInput)
  for (const modifier of modifiers.toReversed()) await keyboard.up(modifier as KeyInput)
}

function scrollBy(direction: string, pixels: number | undefined, selector: string | undefined): string {
  const isAcross = direction === 'left' || direction === 'right'
  const sign = direction === 'up' || direction === 'left' ? '-' : ''
  return `(() => {
    const area = ${selector === undefined ? 'document.scrollingElement' : `document.querySelector(${JSON.stringify(selector)})`}
    const by = ${pixels ?? (isAcross ? 'area.clientWidth' : 'area.clientHeight')}
    area?.scrollBy({ ${isAcross ? 'left' : 'top'}: ${sign}by, behavior: 'instant' })
  })()`
}

/** The script's last value as JSON, measured in the page: what is too long never leaves it. Works under any CSP of the page's. */
function evaluated(script: string): string {
  return `(async () => {
    const json = JSON.stringify(await (0, eval)(${JSON.stringify(script)})) ?? 'null'
    return json.length > ${MOST_RESULT} ? { length: json.length } : { json, length: json.length }
  })()`
}

/** DevTools describes an error with the places that it came through. */
function withoutStack(description: string): string {
  return (description.split(/\n\s+at /)[0] ?? '').slice(0, 300)
}
