import type { CDPEvents, CDPSession } from '@cloudflare/puppeteer'

/** No request for this long is idleness. */
const IDLE_MS = 400
/** What stays open for as long as a page lives, or tells the page nothing: nobody waits for it. */
const UNWAITED: ReadonlySet<string> = new Set(['WebSocket', 'EventSource', 'Ping', 'Media', 'CSPViolationReport'])
const MOST_KEPT = 20
const LONGEST_KEPT = 500

/** Counts a page's requests, and keeps what failed and what its console complained about. */
export class RequestWatch {
  requests = 0
  /** Of the document that stands in the page's own frame. */
  status = 0
  readonly failed: { url: string; reason: string }[] = []
  readonly consoleErrors: string[] = []
  readonly #open = new Map<string, string>()
  #idleListeners: (() => void)[] = []
  readonly #mainFrame: string
  /** Of documents that may be downloads, and never stand. */
  readonly #statuses = new Map<string, number>()

  constructor(cdp: CDPSession, mainFrame: string) {
    this.#mainFrame = mainFrame
    cdp.on('Network.requestWillBeSent', (event) => this.#sent(event))
    cdp.on('Network.loadingFinished', ({ requestId }) => this.#done(requestId))
    cdp.on('Network.loadingFailed', (event) => this.#failed(event))
    cdp.on('Network.responseReceived', (event) => this.#answered(event))
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === this.#mainFrame) this.status = this.#statuses.get(frame.loaderId) ?? this.status
    })
    cdp.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) =>
      this.#complain(`${text} ${exception?.description ?? ''}`),
    )
    cdp.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error') this.#complain(args.map((each) => each.description ?? String(each.value)).join(' '))
    })
  }

  get isIdle(): boolean {
    return this.#open.size === 0
  }

  /** Resolves when nothing has been asked for during a while. */
  async idle(): Promise<void> {
    for (;;) {
      if (this.#open.size > 0) await new Promise<void>((resolve) => this.#idleListeners.push(resolve))
      const before = this.requests
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
      if (this.#open.size === 0 && this.requests === before) return
    }
  }

  #sent({ requestId, request, type }: CDPEvents['Network.requestWillBeSent']): void {
    this.requests++
    if (UNWAITED.has(type ?? '') || request.url.startsWith('data:')) return
    this.#open.set(requestId, request.url)
  }

  #answered({ response, type, frameId, loaderId }: CDPEvents['Network.responseReceived']): void {
    if (type === 'Document' && frameId === this.#mainFrame) this.#statuses.set(loaderId, response.status)
    if (response.status >= 400 && type !== 'Document') this.#keepFailure(response.url, `HTTP ${response.status}`)
  }

  #failed({ requestId, errorText, canceled, blockedReason }: CDPEvents['Network.loadingFailed']): void {
    const url = this.#open.get(requestId)
    // What we have blocked ourselves, and what the page gave up, are no failures of the site.
    const isOurs = blockedReason === 'inspector' || errorText.includes('BLOCKED_BY_CLIENT')
    if (url !== undefined && !canceled && !isOurs) this.#keepFailure(url, errorText)
    this.#done(requestId)
  }

  #done(requestId: string): void {
    this.#open.delete(requestId)
    if (this.#open.size > 0) return
    for (const idle of this.#idleListeners.splice(0)) idle()
  }

  #keepFailure(url: string, reason: string): void {
    if (this.failed.length < MOST_KEPT) this.failed.push({ url: url.slice(0, LONGEST_KEPT), reason })
  }

  #complain(text: string): void {
    if (this.consoleErrors.length < MOST_KEPT) this.consoleErrors.push(text.trim().slice(0, LONGEST_KEPT))
  }
}
