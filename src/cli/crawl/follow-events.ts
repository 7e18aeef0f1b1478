import type { Api } from '../api/api.ts'
import { CrawlEventReading, type CrawlReading } from '../api/crawl-reading.ts'
import { serverSentData } from '../api/server-sent-events.ts'
import { Silence } from './silence.ts'

/** The first event tells where the crawl stands, and is sent at once: a proxy that keeps it back keeps all of them. */
const FIRST_WITHIN_MS = 5_000
/** The platform says something every 15 s; a connection that says nothing for longer is dead. */
const SILENCE_MS = 40_000

/** How a stream of events ended. */
export type StreamEnd =
  /** With the crawl's last event. */
  | 'ended'
  /** Before it: the platform restarts, or the user wants to stop. Another stream may be had. */
  | 'broken'
  /** An older platform, or a proxy that keeps streams back: no stream is to be had. */
  | 'unavailable'

/**
 * Follows a crawl's events once. No place is kept from one stream to the next: the counters are absolute, and being told
 * at once where the crawl stands is what shows that a stream works.
 */
export async function followEvents(
  api: Api,
  crawl: CrawlReading,
  show: (crawl: CrawlReading) => void,
  asked: AbortSignal,
): Promise<StreamEnd> {
  const silence = new Silence()
  silence.allow(FIRST_WITHIN_MS)
  let isHeard = false
  try {
    const stream = await api.openEvents(crawl.id, AbortSignal.any([asked, silence.signal]))
    if (stream === 'refused') return 'unavailable'
    for await (const data of serverSentData(textOf(stream, () => isHeard && silence.allow(SILENCE_MS)))) {
      const event = CrawlEventReading.parse(JSON.parse(data))
      isHeard = true
      show({ ...crawl, ...event.data })
      if (event.type !== 'crawl.progress') return 'ended'
    }
  } catch {
    // A connection that breaks is told from one that never worked by what it has said before.
  } finally {
    silence.end()
  }
  return isHeard || !silence.signal.aborted ? 'broken' : 'unavailable'
}

async function* textOf(stream: AsyncIterable<Uint8Array>, onChunk: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    onChunk()
    yield decoder.decode(chunk, { stream: true })
  }
}
