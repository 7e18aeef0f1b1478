import type { FrontierRpc } from '../../contracts/frontier.ts'

/** Renewed well within a lease's life, so that only a dead visit ever loses it. */
const RENEW_EVERY_MS = 6_000
/** Recording stops this long before the lease ends: the database's clock and ours need not agree. */
const MARGIN_MS = 2_000

/** Keeps a lease alive while a visit works, and knows when it has been lost. */
export class LeaseHolder {
  readonly #frontier: FrontierRpc
  readonly #leaseId: string
  readonly #timer: ReturnType<typeof setInterval>
  #expiresAt: number
  #lost = false

  constructor(frontier: FrontierRpc, leaseId: string, expiresAt: number) {
    this.#frontier = frontier
    this.#leaseId = leaseId
    this.#expiresAt = expiresAt
    this.#timer = setInterval(() => void this.#renew(), RENEW_EVERY_MS)
  }

  /** The moment until which the lease is surely ours. */
  get expiresAt(): number {
    return this.#expiresAt - MARGIN_MS
  }

  get held(): boolean {
    return !this.#lost && Date.now() < this.expiresAt
  }

  release(): void {
    clearInterval(this.#timer)
  }

  async #renew(): Promise<void> {
    try {
      const renewed = await this.#frontier.renew(this.#leaseId)
      if (renewed) this.#expiresAt = renewed.expiresAt
      else this.#lost = true
    } catch {
      // A frontier that can't be asked now may answer at the next turn; until the lease ends it is ours.
    }
  }
}
