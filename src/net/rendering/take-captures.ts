import { MOST_PDF_BYTES } from '../../domain/render/pdf.ts'
import type { Capture } from './capture.ts'
import { type OpenPage, timeLeft } from './open-page.ts'
import { printed } from './pdf.ts'
import type { RenderFailure, RenderOutcome, RenderedPage } from './render-order.ts'
import { screenshot } from './screenshot.ts'
import { within } from './within.ts'

const DRAW_AT_LEAST_MS = 5_000

type Failed = RenderOutcome & { kind: 'failed' }

/** The screenshot and the PDF of a page as it stands, as far as they are wished for; or why one can't be had. */
export async function takeCaptures(open: OpenPage): Promise<Pick<RenderedPage, 'screenshot' | 'pdf'> | Failed> {
  const wish = open.order
  const missing = `Nothing to be seen matches the screenshot's \`selector\`: ${wish.screenshot?.selector}`
  const picture =
    wish.screenshot && (await taken(open, screenshot(open, wish.screenshot), ['selector_missing', missing]))
  if (picture && 'kind' in picture) return picture
  const tooLarge = `The PDF has more than ${MOST_PDF_BYTES / 1_000_000} MB.`
  const pdf = wish.pdf && (await taken(open, printed(open, wish.pdf), ['too_large', tooLarge]))
  if (pdf && 'kind' in pdf) return pdf
  return { ...(picture && { screenshot: picture }), ...(pdf && { pdf }) }
}

async function taken(
  { order }: OpenPage,
  taking: Promise<Capture | undefined>,
  [reason, detail]: [RenderFailure, string],
): Promise<Capture | Failed> {
  const limitMs = Math.max(DRAW_AT_LEAST_MS, timeLeft(order))
  const result = await within(
    taking.then((capture) => ({ capture })),
    limitMs,
  )
  if (!result) return failed('unresponsive', `The page could not be drawn within ${Math.round(limitMs / 1_000)} s.`)
  return result.capture ?? failed(reason, detail)
}

function failed(reason: RenderFailure, detail: string): Failed {
  return { kind: 'failed', reason, detail }
}
