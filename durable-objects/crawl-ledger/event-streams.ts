import type { CrawlEvent } from '../../src/contracts/api/crawl-event.ts'
import { isLast } from './crawl-event.ts'

/** Counters change with every report of every frontier; nobody reads faster than this. */
const APART_MS = 300
/** Proxies close what is silent for a minute, many after 30 s. */
const HEARTBEAT_MS = 15_000

interface Subscriber {
  sent: number
  sentAt: number
  gone: boolean
}

/**
 * The subscribers of one crawl, as `text/event-stream` (HTML Living Standard §9.2). An event is made when a reader asks
 * for more, from where the crawl stands by then: one that is slow gets fewer events, and nothing queues up for it.
 */
export class EventStreams {
  readonly #latest: () => CrawlEvent | undefined
  readonly #waiting = new Set<() => void>()

  constructor(latest: () => CrawlEvent | undefined) {
    this.#latest = latest
  }

  /** The crawl has changed. */
  wake(): void {
    for (const resume of this.#waiting) resume()
  }

  open(after: number): ReadableStream<Uint8Array> {
    const subscriber: Subscriber = { sent: after, sentAt: 0, gone: false }
    const text = new TextEncoder()
    return new ReadableStream({
      // Streams that cross to another Worker must carry bytes.
      type: 'bytes',
      start: (controller) => controller.enqueue(text.encode('retry: 1000\n\n')),
      pull: async (controller) => {
        const event = await this.#next(subscriber)
        if (subscriber.gone) return
        if (event === undefined) return controller.close()
        controller.enqueue(text.encode(event === 'silence' ? ': still here\n\n' : written(event)))
        if (event !== 'silence' && isLast(event)) controller.close()
      },
      cancel: () => {
        subscriber.gone = true
        this.wake()
      },
    })
  }

  /** The next event for a subscriber; undefined when the crawl is no more. */
  async #next(subscriber: Subscriber): Promise<CrawlEvent | 'silence' | undefined> {
    const since = Date.now()
    while (!subscriber.gone) {
      const event = this.#latest()
      if (!event) return undefined
      const isNew = event.id > subscriber.sent
      const early = subscriber.sentAt + APART_MS - Date.now()
      if (isNew && (isLast(event) || early <= 0)) {
        subscriber.sent = event.id
        subscriber.sentAt = Date.now()
        return event
      }
      const left = since + HEARTBEAT_MS - Date.now()
      if (left <= 0) return 'silence'
      await this.#change(isNew ? early : left)
    }
    return undefined
  }

  async #change(withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, withinMs)
    this.#waiting.add(resolve)
    await promise
    clearTimeout(timer)
    this.#waiting.delete(resolve)
  }
}

function written(event: CrawlEvent): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
