import { isAlive } from '../chromium/is-alive.ts'
import type { RendererSettings } from '../settings.ts'
import type { Browser, StartBrowser } from './browser-starter.ts'
import type { CloseReason } from './close-reason.ts'
import { groupMemory } from './group-memory.ts'
import { type ClosedSession, Session } from './session.ts'

const DEFAULT_KEEP_ALIVE_MS = 60_000
const SHORTEST_KEEP_ALIVE_MS = 10_000
const LONGEST_KEEP_ALIVE_MS = 600_000
const WATCH_EVERY_MS = 500
/** Spares cost memory for nothing once nobody renders any more. */
const SPARE_IDLE_MS = 120_000
const KEPT_HISTORY = 100

type PoolSettings = Pick<RendererSettings, 'maxSessions' | 'spares' | 'maxMemoryBytes' | 'maxLifetimeMs'>

/** Sessions and spare browsers, and the limits that hold for them. */
export class SessionPool {
  readonly sessions = new Map<string, Session>()
  readonly history: ClosedSession[] = []
  readonly counts = { started: 0, startMs: 0, spareHits: 0, closed: new Map<CloseReason, number>() }
  readonly #settings: PoolSettings
  readonly #start: StartBrowser
  readonly #spares: Browser[] = []
  #starting = 0
  #watch: NodeJS.Timeout | undefined
  #spareIdle: NodeJS.Timeout | undefined
  #stopped = false

  constructor(settings: PoolSettings, start: StartBrowser) {
    this.#settings = settings
    this.#start = start
  }

  get isFull(): boolean {
    return this.sessions.size + this.#starting >= this.#settings.maxSessions
  }

  get spareCount(): number {
    return this.#spares.length
  }

  /** Undefined when as many sessions run as may. */
  async acquire(keepAliveMs: number | undefined): Promise<Session | undefined> {
    if (this.isFull || this.#stopped) return undefined
    this.#starting++
    try {
      const session = new Session(await this.#browser(), {
        keepAliveMs: clamp(keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS, SHORTEST_KEEP_ALIVE_MS, LONGEST_KEEP_ALIVE_MS),
        maxLifetimeMs: this.#settings.maxLifetimeMs,
      })
      this.sessions.set(session.id, session)
      void session.closed.then((closed) => this.#forget(closed))
      this.#watch ??= setInterval(() => this.#endTooLarge(), WATCH_EVERY_MS)
      return session
    } finally {
      this.#starting--
      void this.#refill()
    }
  }

  /** Bytes of memory by session id. */
  memory(): Map<string, number> {
    const byLeader = groupMemory(new Set([...this.sessions.values()].map(({ browser }) => browser.chromium.pid)))
    return new Map([...this.sessions].map(([id, { browser }]) => [id, byLeader.get(browser.chromium.pid) ?? 0]))
  }

  /** Resolves when no browser and no profile is left. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#watch)
    const ends = [...this.sessions.values()].map((session) => session.closed)
    for (const session of this.sessions.values()) session.end('RendererStopped')
    await Promise.all([...ends, this.#dropSpares()])
  }

  async #browser(): Promise<Browser> {
    for (let spare = this.#spares.shift(); spare; spare = this.#spares.shift()) {
      if (await isAlive(spare.chromium.port)) {
        this.counts.spareHits++
        return spare
      }
      spare.chromium.kill()
    }
    return this.#startOne()
  }

  async #startOne(): Promise<Browser> {
    const since = performance.now()
    const browser = await this.#start()
    this.counts.started++
    this.counts.startMs += performance.now() - since
    return browser
  }

  /** Only after somebody rendered: a renderer that nobody uses has no browser at all. */
  async #refill(): Promise<void> {
    clearTimeout(this.#spareIdle)
    this.#spareIdle = setTimeout(() => void this.#dropSpares(), SPARE_IDLE_MS)
    if (this.#stopped || this.#spares.length >= this.#settings.spares) return
    try {
      const spare = await this.#startOne()
      // Several may have been started at the same time.
      if (this.#stopped || this.#spares.length >= this.#settings.spares) spare.chromium.kill()
      else this.#keep(spare)
    } catch {
      // Whoever asks next is told.
    }
  }

  /** Until it is lent, or dies while it waits. */
  #keep(spare: Browser): void {
    this.#spares.push(spare)
    void spare.chromium.ended.then(() => {
      const at = this.#spares.indexOf(spare)
      if (at >= 0) this.#spares.splice(at, 1)
    })
  }

  async #dropSpares(): Promise<void> {
    clearTimeout(this.#spareIdle)
    const dropped = this.#spares.splice(0)
    for (const { chromium } of dropped) chromium.kill()
    await Promise.all(dropped.map(({ chromium }) => chromium.ended))
  }

  #endTooLarge(): void {
    for (const [id, bytes] of this.memory())
      if (bytes > this.#settings.maxMemoryBytes) this.sessions.get(id)?.end('MemoryLimit')
  }

  #forget(closed: ClosedSession): void {
    this.sessions.delete(closed.sessionId)
    this.history.unshift(closed)
    this.history.splice(KEPT_HISTORY)
    const { closed: closedBy } = this.counts
    closedBy.set(closed.closeReasonText, (closedBy.get(closed.closeReasonText) ?? 0) + 1)
    if (this.sessions.size > 0) return
    clearInterval(this.#watch)
    this.#watch = undefined
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
