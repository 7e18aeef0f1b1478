import { once } from 'node:events'
import { type WriteStream, createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** A file of JSON lines, written as they come and no faster than the disk takes them. */
export class LineFile {
  readonly #stream: WriteStream
  readonly #done: Promise<void>

  constructor(path: string) {
    this.#stream = createWriteStream(path)
    this.#done = finished(this.#stream)
    // A full disk is reported by `write` and `close`; until one of them is called, nobody listens.
    this.#done.catch(() => undefined)
  }

  async write(items: readonly unknown[]): Promise<void> {
    const lines = items.map((item) => `${JSON.stringify(item)}\n`).join('')
    if (!this.#stream.write(lines)) await Promise.race([once(this.#stream, 'drain'), this.#done])
  }

  async close(): Promise<void> {
    this.#stream.end()
    await this.#done
  }
}
