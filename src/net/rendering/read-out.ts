import { cookiesOf } from './browser-cookies.ts'
import type { OpenPage } from './open-page.ts'
import type { Performed } from './performed.ts'
import type { RenderFailure, RenderOrder, RenderOutcome } from './render-order.ts'
import { type Serialised, serialise } from './serialise.ts'
import { takeCaptures } from './take-captures.ts'
import { within } from './within.ts'

/** What reading the document out may take, within the page's own time; a script that never ends shows here. */
const READ_AT_LEAST_MS = 3_000
const READ_AT_MOST_MS = 10_000

type Failed = RenderOutcome & { kind: 'failed' }

/** Takes the page as it stands: first its pictures, because reading it out takes its styles away. */
export async function readOut(open: OpenPage, performed: Performed, startedAt: number): Promise<RenderOutcome> {
  const { order, cdp, guard, watch } = open
  const captures = await takeCaptures(open)
  if ('kind' in captures) return captures
  const seen = await documentOf(open, order)
  if ('kind' in seen) return seen
  const notes = {
    consoleErrors: watch.consoleErrors,
    failedRequests: watch.failed,
    requests: watch.requests,
    blockedRequests: guard.blocked,
    ms: Date.now() - startedAt,
  }
  const { html, url } = seen
  return {
    kind: 'rendered',
    html,
    url,
    status: watch.status,
    setCookies: await cookiesOf(cdp, url),
    ...captures,
    ...(order.actions && { performed }),
    warnings: performed.warnings,
    notes,
  }
}

/** The document, or why it can't be read. */
async function documentOf({ evaluate }: OpenPage, order: RenderOrder): Promise<{ html: string; url: string } | Failed> {
  const limitMs = Math.min(READ_AT_MOST_MS, Math.max(READ_AT_LEAST_MS, order.timeoutMs))
  const seen = await within(evaluate<Serialised>(serialise(order.maxCharacters)), limitMs)
  if (!seen) return failed('unresponsive', `The page's scripts did not stop for ${limitMs / 1_000} s.`)
  const { html, url, length } = seen
  if (!/^https?:/.test(url)) return failed('not_loaded', `The page replaced itself by ${url.slice(0, 100)}.`)
  if (html === undefined)
    return failed('too_large', `The rendered document has ${length} characters, more than \`maxBytes\`.`)
  return { html, url }
}

function failed(reason: RenderFailure, detail: string): Failed {
  return { kind: 'failed', reason, detail }
}
