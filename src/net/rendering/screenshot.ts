import type { CDPSession } from '@cloudflare/puppeteer'
import {
  MOST_PICTURE_BYTES,
  type ScreenshotWish,
  type Size,
  cutDetail,
  pictureType,
  pictured,
} from '../../domain/render/screenshot.ts'
import type { Window } from '../../domain/render/visitor.ts'
import { bytesOfBase64 } from './base64.ts'
import type { Capture } from './capture.ts'
import type { Evaluate } from './isolated-world.ts'
import type { RequestWatch } from './request-watch.ts'
import { within } from './within.ts'

/** Pictures that come into sight while a page is scrolled are waited for, but not for ever. */
const LOOK_WITHIN_MS = 5_000
const READY_WITHIN_MS = 3_000
const DEFAULT_QUALITY = 80

export interface PictureOf {
  cdp: CDPSession
  watch: RequestWatch
  evaluate: Evaluate
  window: Window
}

interface Area extends Size {
  x: number
  y: number
}

/** A picture of the page as it stands; undefined where nothing matches the selector. */
export async function screenshot(page: PictureOf, wish: ScreenshotWish): Promise<Capture | undefined> {
  if (wish.fullPage) await lookDown(page)
  else if (wish.selector !== undefined)
    await look(page, `${found(wish.selector)}?.scrollIntoView({ behavior: 'instant' })`)
  const area = await page.evaluate<Area | null>(areaOf(wish))
  if (!area) return undefined
  await within(page.evaluate(READY), READY_WITHIN_MS)
  let shown = pictured(area, page.window.scale)
  let bytes = await drawn(page.cdp, wish, { ...area, ...shown })
  while (bytes.byteLength > MOST_PICTURE_BYTES && shown.height > 1) {
    shown = { ...shown, height: Math.ceil(shown.height / 2) }
    bytes = await drawn(page.cdp, wish, { ...area, ...shown })
  }
  const cut = cutDetail(area, shown)
  return { bytes, contentType: pictureType(wish.format), ...(cut !== undefined && { cut }) }
}

/** What is loaded only when it comes into sight has to have been there. */
export function lookDown(page: PictureOf): Promise<void> {
  return look(page, LOOK_DOWN)
}

async function look({ evaluate, watch }: PictureOf, statements: string): Promise<void> {
  await within(
    evaluate(lookAt(statements)).then(() => watch.idle()),
    LOOK_WITHIN_MS,
  )
}

async function drawn(
  cdp: CDPSession,
  { format, quality }: ScreenshotWish,
  { x, y, width, height }: Area,
): Promise<Uint8Array<ArrayBuffer>> {
  const { data } = await cdp.send('Page.captureScreenshot', {
    format,
    ...(format !== 'png' && { quality: quality ?? DEFAULT_QUALITY }),
    clip: { x, y, width, height, scale: 1 },
    captureBeyondViewport: true,
  })
  return bytesOfBase64(data)
}

/** One window at a time: at most 40, which is more than a picture shows. */
const LOOK_DOWN = `for (let step = 1; step <= 40 && step * innerHeight < document.documentElement.scrollHeight; step++) {
  scrollTo({ top: step * innerHeight, behavior: 'instant' })
  await pause()
}`

/** Looks somewhere, and then again where the page was. */
function lookAt(statements: string): string {
  return `(async () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 60))
    const [left, top] = [scrollX, scrollY];
    ${statements}
    await pause()
    scrollTo({ left, top, behavior: 'instant' })
    await pause()
  })()`
}

function found(selector: string): string {
  return `(() => { try { return document.querySelector(${JSON.stringify(selector)}) } catch { return null } })()`
}

/** Fonts are there and pictures decoded, as far as they will be. */
const READY = `(async () => {
  await document.fonts.ready
  const pictures = [...document.images].filter((each) => each.complete && each.naturalWidth > 0).slice(0, 200)
  await Promise.allSettled(pictures.map((each) => each.decode()))
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
})()`

function areaOf({ fullPage, selector }: ScreenshotWish): string {
  if (selector !== undefined)
    return `(() => {
      const box = ${found(selector)}?.getBoundingClientRect()
      if (!box || box.width * box.height === 0) return null
      return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height }
    })()`
  if (!fullPage) return '({ x: scrollX, y: scrollY, width: innerWidth, height: innerHeight })'
  return `(() => {
    const sizes = (side) => [document.documentElement, document.body].map((each) => each?.[side] ?? 0)
    return { x: 0, y: 0, width: innerWidth, height: Math.max(innerHeight, ...sizes('scrollHeight')) }
  })()`
}
