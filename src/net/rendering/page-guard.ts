import type { CDPEvents, CDPSession } from '@cloudflare/puppeteer'
import { hasPicture } from '../../domain/render/action.ts'
import { base64Of } from './base64.ts'
import type { RenderOrder } from './render-order.ts'

type Paused = CDPEvents['Fetch.requestPaused']
type Pattern = { urlPattern: string } | { resourceType: 'Document' | 'Image' | 'Media' | 'Font' }

/** A transparent pixel: a page whose images fail may take them away, or try again for ever. */
const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
/** Of the answer as it came over the wire; the body is given decoded, and cookies are set apart. */
const WIRE_HEADERS = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'set-cookie', 'connection'])
const MOST_FRAMES = 30

/**
 * Stands between one page and its requests: the page's own document comes from our fetch, so that the site is asked for it
 * once; another document for the page is a redirect to be told, not followed; what is only seen or heard is not loaded,
 * unless somebody will look.
 */
export class PageGuard {
  /** Where the page wanted to go instead. */
  leftFor: string | undefined
  blocked = 0
  /** How often actions took the page to another document, and when the last one is there. */
  visits = 0
  arrival: Promise<void> | undefined
  /** Why the last one must not be visited. */
  refusal: string | undefined
  readonly #cdp: CDPSession
  readonly #order: RenderOrder
  readonly #mainFrame: string
  readonly #left: () => void
  #served = false
  /** What becomes of another document for the page: a redirect is told, else it is not loaded, or an action leads there. */
  #leaving: 'redirect' | 'stay' | 'visit' = 'redirect'
  #frames = 0

  constructor(cdp: CDPSession, order: RenderOrder, mainFrame: string, left: () => void) {
    this.#cdp = cdp
    this.#order = order
    this.#mainFrame = mainFrame
    this.#left = left
  }

  async stand(): Promise<void> {
    this.#cdp.on('Fetch.requestPaused', (paused) => void this.#decide(paused).catch(() => undefined))
    this.#cdp.on('Network.responseReceived', (event) => this.#answered(event))
    await this.#cdp.send('Fetch.enable', { patterns: this.#patterns() })
  }

  /** From here on another document is neither a redirect nor loaded: something of ours has led there. */
  stay(): void {
    this.#leaving = 'stay'
  }

  /** From here on another document is where an action leads, and no redirect. */
  letVisit(): void {
    this.#leaving = 'visit'
  }

  get #isSeen(): boolean {
    const { screenshot, pdf, actions } = this.#order
    return screenshot !== undefined || pdf !== undefined || hasPicture(actions ?? [])
  }

  #patterns(): Pattern[] {
    const byType = (['Document', 'Image', 'Media', 'Font'] as const).map((resourceType) => ({ resourceType }))
    const { headers, headerHosts } = this.#order
    if (Object.keys(headers).length === 0) return byType
    return [...byType, ...headerHosts.map((host) => ({ urlPattern: `*://${host}/*` }))]
  }

  #decide(paused: Paused): Promise<void> {
    const { requestId, resourceType, frameId } = paused
    if (resourceType === 'Document') return this.#document(paused, frameId === this.#mainFrame)
    if (resourceType === 'Media') return this.#block(requestId)
    if (this.#isSeen) return this.#goOn(paused)
    if (resourceType === 'Image') return this.#pixel(requestId)
    if (resourceType === 'Font') return this.#block(requestId)
    return this.#goOn(paused)
  }

  #document(paused: Paused, isMain: boolean): Promise<void> {
    const { requestId, request } = paused
    if (!isMain) return ++this.#frames > MOST_FRAMES ? this.#block(requestId) : this.#goOn(paused)
    if (!this.#served) return this.#serve(requestId)
    if (this.#leaving === 'visit') return this.#visit(paused)
    // A page that loads itself again, as news pages do every few minutes, has not left; and a form is not sent for it.
    if (this.#leaving === 'redirect' && request.url !== this.#order.page.url && request.method === 'GET') {
      this.leftFor ??= `${request.url}${request.urlFragment ?? ''}`
      this.#left()
    }
    return this.#cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
  }

  async #visit(paused: Paused): Promise<void> {
    this.visits++
    this.arrival = this.#arrived()
    this.refusal = await this.#order.visits.ask(paused.request.url)
    if (this.refusal === undefined) return this.#goOn(paused)
    this.arrival = undefined
    return this.#cdp.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Aborted' })
  }

  #answered({ type, frameId, response }: CDPEvents['Network.responseReceived']): void {
    if (type !== 'Document' || frameId !== this.#mainFrame || this.visits === 0) return
    const { url, status, headers } = response
    const answer = { status, headers: Object.entries(headers as Record<string, string>) }
    void this.#order.visits.answered(url, answer).catch(() => undefined)
  }

  #arrived(): Promise<void> {
    return new Promise((resolve) => {
      this.#cdp.once('Page.domContentEventFired', () => resolve())
      this.#cdp.once('Page.frameStoppedLoading', () => resolve())
    })
  }

  #serve(requestId: string): Promise<void> {
    this.#served = true
    const { status, headers, body } = this.#order.page
    return this.#cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: status,
      responseHeaders: headers
        .filter(([name]) => !WIRE_HEADERS.has(name.toLowerCase()))
        .map(([name, value]) => ({ name, value })),
      body: base64Of(body),
    })
  }

  #pixel(requestId: string): Promise<void> {
    this.blocked++
    const responseHeaders = [{ name: 'content-type', value: 'image/gif' }]
    return this.#cdp.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body: PIXEL })
  }

  #block(requestId: string): Promise<void> {
    this.blocked++
    return this.#cdp.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
  }

  #goOn({ requestId, request }: Paused): Promise<void> {
    const { headers, headerHosts } = this.#order
    const isOurs = headerHosts.includes(URL.parse(request.url)?.host ?? '')
    if (!isOurs || Object.keys(headers).length === 0) return this.#cdp.send('Fetch.continueRequest', { requestId })
    const own = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
    const kept = Object.entries(request.headers as Record<string, string>).filter(
      ([name]) => !own.has(name.toLowerCase()),
    )
    const all = [...kept, ...Object.entries(headers)].map(([name, value]) => ({ name, value }))
    return this.#cdp.send('Fetch.continueRequest', { requestId, headers: all })
  }
}
