import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { randomUUID } from 'node:crypto'
import type { Browser } from './browser-starter.ts'
import { CLOSE_REASON, type CloseReason } from './close-reason.ts'
import { joinDevtools } from './devtools-door.ts'

export interface SessionLimits {
  keepAliveMs: number
  maxLifetimeMs: number
}

/** As the protocol shows it. */
export interface ShownSession {
  sessionId: string
  startTime: number
  connectionId?: string
  connectionStartTime?: number
}

export interface ClosedSession extends ShownSession {
  endTime: number
  closeReason: number
  closeReasonText: CloseReason
}

/** One browser lent to one client at a time, until it is closed, idle for too long, too old or too large. */
export class Session {
  readonly id = randomUUID()
  readonly startTime = Date.now()
  readonly browser: Browser
  /** Resolves when nothing of it is left. */
  readonly closed: Promise<ClosedSession>
  readonly #keepAliveMs: number
  readonly #lifetime: NodeJS.Timeout
  #idle: NodeJS.Timeout | undefined
  #connection: { id: string; startTime: number } | undefined
  #reason: CloseReason | undefined

  constructor(browser: Browser, { keepAliveMs, maxLifetimeMs }: SessionLimits) {
    this.browser = browser
    this.#keepAliveMs = keepAliveMs
    this.#lifetime = setTimeout(() => this.end('LifetimeOver'), maxLifetimeMs)
    this.#waitForClient()
    this.closed = browser.chromium.ended.then(() => this.#obituary())
  }

  get isTaken(): boolean {
    return this.#connection !== undefined
  }

  /** The browser's group is killed: nothing in it is asked whether it agrees. */
  end(reason: CloseReason): void {
    this.#reason ??= reason
    this.browser.chromium.kill()
  }

  join(request: IncomingMessage, client: Duplex, head: Buffer): void {
    clearTimeout(this.#idle)
    this.#connection = { id: randomUUID(), startTime: Date.now() }
    void joinDevtools(request, client, head, this.browser.chromium).then(() => {
      this.#connection = undefined
      this.#waitForClient()
    })
  }

  shown(): ShownSession {
    const connection = this.#connection
    return {
      sessionId: this.id,
      startTime: this.startTime,
      ...(connection && { connectionId: connection.id, connectionStartTime: connection.startTime }),
    }
  }

  #waitForClient(): void {
    this.#idle = setTimeout(() => this.end('BrowserIdle'), this.#keepAliveMs)
  }

  #obituary(): ClosedSession {
    clearTimeout(this.#idle)
    clearTimeout(this.#lifetime)
    // A client closes a session by `Browser.close`; a browser that ends without one, and without us, has crashed.
    const reason = this.#reason ?? (this.#isCleanEnd() ? 'NormalClosure' : 'BrowserCrashed')
    return { ...this.shown(), endTime: Date.now(), closeReason: CLOSE_REASON[reason], closeReasonText: reason }
  }

  #isCleanEnd(): boolean {
    return this.browser.chromium.exitCode() === 0
  }
}
