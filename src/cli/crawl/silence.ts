/** Raises its signal when nothing has been heard for a while. */
export class Silence {
  readonly #controller = new AbortController()
  #timer: NodeJS.Timeout | undefined

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** From now on, something is to be heard within so many ms. */
  allow(ms: number): void {
    this.end()
    this.#timer = setTimeout(() => this.#controller.abort(), ms)
  }

  /** Nothing is waited for any more. */
  end(): void {
    clearTimeout(this.#timer)
  }
}
