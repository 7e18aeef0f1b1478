import { isHtml, parseMediaType } from '../../domain/fetch/media-type.ts'
import { sniffMediaType } from '../../domain/fetch/sniff.ts'
import type { PageReading, PageWarning } from '../../domain/page/page.ts'
import type { RenderMode, RenderReason } from '../../domain/render/render-mode.ts'
import type { RenderNotes, RenderOutcome, RenderWishes, RenderedPage } from '../../net/rendering/render-order.ts'
import type { Renderer } from '../../net/rendering/renderer.ts'
import { RENDERED_TYPE } from '../../storage/archive/segment-writer.ts'
import type { RawPage } from '../page-document.ts'

/** An answer of the site, as it was received. */
export interface FetchedAnswer extends RawPage {
  status: number
  headers: [string, string][]
}

export interface RenderingWishes extends RenderWishes {
  mode: RenderMode
  /** Undefined where there is no browser. */
  renderer: Renderer | undefined
}

/** What a browser made of a page. */
export interface Rendering {
  reason: RenderReason
  /** Where the page says it is. */
  url: string
  /** The document as it stood at the end, in UTF-8. */
  body: Uint8Array
  setCookies: string[]
  notes: RenderNotes
}

export type ReadOrRendered =
  | { kind: 'read'; reading: PageReading; rendering?: Rendering }
  | { kind: 'left'; to: string; setCookies: string[] }
  | { kind: 'failed'; detail: string }

export type Read = (raw: RawPage) => Promise<PageReading>

/** Reads an answer, after a browser has had it where that is wished or pays. */
export async function readOrRender(
  wishes: RenderingWishes,
  answer: FetchedAnswer,
  read: Read,
): Promise<ReadOrRendered> {
  if (wishes.mode === 'always' && isDocument(answer)) return renderThenRead(wishes, answer, 'requested', read)
  return { kind: 'read', reading: await read(answer) }
}

function isDocument({ contentType, body }: RawPage): boolean {
  return isHtml(parseMediaType(contentType)?.essence ?? sniffMediaType(body))
}

async function renderThenRead(
  wishes: RenderingWishes,
  answer: FetchedAnswer,
  reason: RenderReason,
  read: Read,
): Promise<ReadOrRendered> {
  const outcome = await rendered(wishes, answer)
  switch (outcome.kind) {
    case 'rendered':
      return readRendered(outcome, reason, read)
    case 'left':
      return outcome
    case 'failed':
      return { kind: 'failed', detail: `${outcome.reason}: ${outcome.detail}` }
    case 'no-browser':
      return { kind: 'failed', detail: `This platform has no browser. ${outcome.detail}` }
  }
}

function rendered({ renderer, ...wishes }: RenderingWishes, page: FetchedAnswer): Promise<RenderOutcome> {
  if (!renderer) return Promise.resolve({ kind: 'no-browser', detail: 'Its operator has switched rendering off.' })
  return renderer.render({ ...wishes, page })
}

async function readRendered(page: RenderedPage, reason: RenderReason, read: Read): Promise<ReadOrRendered> {
  const { url, html, setCookies, notes } = page
  const body = new TextEncoder().encode(html)
  const reading = await read({ url, contentType: RENDERED_TYPE, body })
  return { kind: 'read', reading, rendering: { reason, url, body, setCookies, notes } }
}

/** A reading with one more warning. */
export function warned(reading: PageReading, warning: PageWarning): PageReading {
  return { ...reading, warnings: [...reading.warnings, warning] }
}
