/** Waits that a visit needs; tests pass their own. */
export interface Timer {
  now: () => number
  sleepUntil: (at: number) => Promise<void>
}

export const realTimer: Timer = {
  now: () => Date.now(),
  sleepUntil: (at) => {
    const ms = at - Date.now()
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
  },
}

/**
 * Starts the fetches of one lease: no two closer than the gap, none before its slot. One at a time asks for the next
 * start, so that the order of waiting is the order of starting.
 */
export class Pacer {
  readonly #timer: Timer
  readonly #gapMs: number
  #nextStartAt: number
  #line: Promise<void> = Promise.resolve()
  lastStartAt = 0

  constructor(timer: Timer, startAt: number, gapMs: number) {
    this.#timer = timer
    this.#nextStartAt = startAt
    this.#gapMs = gapMs
  }

  /** Resolves at the moment when the caller may start. */
  start(): Promise<void> {
    this.#line = this.#line.then(async () => {
      await this.#timer.sleepUntil(this.#nextStartAt)
      this.lastStartAt = this.#timer.now()
      this.#nextStartAt = this.lastStartAt + this.#gapMs
    })
    return this.#line
  }
}
