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

/** A request surely has left by the time it is answered; of a slow answer we wait for no more than this. */
const SURELY_SENT_MS = 100

/** One start. Whoever holds it says when the answer begins. */
export interface Start {
  answered: () => void
}

/**
 * Starts the fetches of one lease, no two closer than its gap, as the site sees them: between our asking and the
 * request's leaving lies time that a busy process stretches, so the next gap begins when the last request surely was sent.
 * Without a gap everything starts at once.
 */
export class Pacer {
  readonly #timer: Timer
  readonly #turn: ((lastStartAt: number) => Promise<number | null>) | undefined
  #line: Promise<unknown> = Promise.resolve()
  /** The latest moment at which the last request may have left; 0 before the first. */
  lastStartAt = 0

  /** `turn` asks the frontier for the next start; undefined where no gap holds. */
  constructor(timer: Timer, turn?: (lastStartAt: number) => Promise<number | null>) {
    this.#timer = timer
    this.#turn = turn
  }

  /** Resolves at the moment when the caller may start; to null when there are no more starts to be had. */
  start(): Promise<Start | null> {
    const turn = this.#turn
    if (!turn) {
      this.lastStartAt = this.#timer.now()
      return Promise.resolve({ answered: () => undefined })
    }
    const started = this.#line.then(async () => {
      const startAt = await turn(this.lastStartAt)
      if (startAt === null) return null
      await this.#timer.sleepUntil(startAt)
      return this.#begin()
    })
    this.#line = started.then((begun) => begun?.sent)
    return started
  }

  #begin(): Start & { sent: Promise<void> } {
    this.lastStartAt = this.#timer.now()
    let answered = (): void => undefined
    const answer = new Promise<void>((resolve) => (answered = resolve))
    const sent = Promise.race([answer, this.#timer.sleepUntil(this.lastStartAt + SURELY_SENT_MS)]).then(() => {
      this.lastStartAt = this.#timer.now()
    })
    return { answered, sent }
  }
}
