/** An end to a fetch that comes after so much time, not counting what is spent waiting on our own account. */
export class Deadline {
  readonly #controller = new AbortController()
  #left: number
  #runsSince = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ms: number) {
    this.#left = ms
    this.#run()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Time stands still while `ours` happens. */
  async without(ours: () => Promise<void>): Promise<void> {
    clearTimeout(this.#timer)
    this.#left -= Date.now() - this.#runsSince
    await ours()
    this.#run()
  }

  clear(): void {
    clearTimeout(this.#timer)
  }

  #run(): void {
    this.#runsSince = Date.now()
    this.#timer = setTimeout(() => this.#controller.abort(), Math.max(0, this.#left))
  }
}
