import { isHtml, parseMediaType } from '../../domain/fetch/media-type.ts'
import { sniffMediaType } from '../../domain/fetch/sniff.ts'
import { browserNeed } from '../../domain/render/browser-wishes.ts'
import { PLAINLY_CONTENT_WORDS, whyShell } from '../../domain/render/empty-shell.ts'
import { islandContent, withContent } from '../../domain/render/islands/island-content.ts'
import { pageEvidence } from '../../domain/render/page-evidence.ts'
import type { PageReading, PageWarning } from '../../domain/page/page.ts'
import type { RenderMode, RenderReason } from '../../domain/render/render-mode.ts'
import type { RenderOutcome, RenderWishes, RenderedPage } from '../../net/rendering/render-order.ts'
import type { Renderer } from '../../net/rendering/renderer.ts'
import { RENDERED_TYPE } from '../../storage/archive/segment-writer.ts'
import { captureWarnings } from '../capture/capture-facts.ts'
import { type RawPage, sourceText } from '../page-document.ts'
import type { SiteRecords } from './site-records.ts'

/** An answer of the site, as it was received. */
export interface FetchedAnswer extends RawPage {
  status: number
  headers: [string, string][]
}

export interface RenderingWishes extends RenderWishes {
  mode: RenderMode
  /** Undefined where there is no browser. */
  renderer: Renderer | undefined
  records: SiteRecords
  /** What is asked of the page its data can tell, too. */
  dataSuffice: boolean
}

/** What a browser made of a page. */
export interface Rendering extends Omit<RenderedPage, 'kind' | 'html'> {
  reason: RenderReason
  /** The document as it stood at the end, in UTF-8. */
  body: Uint8Array
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
  if (isWished(wishes) && isDocument(answer)) return renderThenRead(wishes, answer, 'requested', read)
  const reading = await read(answer)
  if (!isDocument(answer)) return { kind: 'read', reading: warned(reading, ...unmet(wishes, answer)) }
  if (reading.wordCount > PLAINLY_CONTENT_WORDS || answer.status >= 400) return { kind: 'read', reading }
  // Most pages are told by what was read of them; the source is looked at only where that is little.
  const source = sourceText(answer)
  const why = whyShell(pageEvidence(source))
  if (why === undefined) return { kind: 'read', reading }
  const told = await readIsland(answer, source, read)
  if (wishes.mode === 'never' || (told && wishes.dataSuffice)) return { kind: 'read', reading: told ?? reading }
  return renderShell(wishes, answer, { reading, told, why }, read)
}

function isWished(wishes: RenderingWishes): boolean {
  const asks = wishes.waitFor !== undefined || browserNeed(wishes) !== undefined
  return wishes.mode === 'always' || (wishes.mode === 'auto' && asks)
}

/** Reads the page with the content that it carries as data for its scripts, if it does. */
async function readIsland({ url }: FetchedAnswer, source: string, read: Read): Promise<PageReading | undefined> {
  const content = islandContent(source)
  if (!content) return undefined
  const body = new TextEncoder().encode(withContent(source, content))
  const reading = await read({ url, contentType: RENDERED_TYPE, body })
  return { ...reading, dataIsland: content.kind }
}

/** What was fetched stands where a browser fails, or brings nothing. */
async function renderShell(
  wishes: RenderingWishes,
  answer: FetchedAnswer,
  fetched: { reading: PageReading; told: PageReading | undefined; why: string },
  read: Read,
): Promise<ReadOrRendered> {
  const { reading, why } = fetched
  const standing = fetched.told ?? reading
  if (!(await wishes.records.pays(answer.url))) return { kind: 'read', reading: standing }
  const result = await renderThenRead(wishes, answer, 'empty_shell', read)
  if (result.kind === 'left') return result
  if (result.kind === 'failed') {
    const detail = `The page seems to need a browser (${why}), and is read without one: ${result.detail}`
    return { kind: 'read', reading: warned(standing, { code: 'not_rendered', detail }) }
  }
  await wishes.records.note(answer.url, { before: sizeOf(reading), after: sizeOf(result.reading) })
  return result
}

function sizeOf({ wordCount, links }: PageReading): number {
  return wordCount + links.length
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
  const { kind: _rendered, html, ...rest } = page
  const body = new TextEncoder().encode(html)
  const reading = await read({ url: page.url, contentType: RENDERED_TYPE, body })
  const rendering = { ...rest, reason, body }
  return { kind: 'read', reading: warned(reading, ...page.warnings, ...captureWarnings(rendering)), rendering }
}

/** What was wished of a browser, and can't be had of a file. */
function unmet(wishes: RenderingWishes, { contentType }: FetchedAnswer): PageWarning[] {
  const need = browserNeed(wishes)
  const detail = `Browsers are given HTML; this is ${contentType ?? 'of no declared type'}, and ${need} was left out.`
  if (need === undefined) return []
  return [{ code: wishes.screenshot ? 'no_screenshot' : 'not_rendered', detail }]
}

/** A reading with more warnings. */
function warned(reading: PageReading, ...more: PageWarning[]): PageReading {
  return { ...reading, warnings: [...reading.warnings, ...more] }
}
