import type { CrawlEvent } from '../../contracts/api/crawl-event.ts'
import { sizeText } from '../size-text.ts'
import { waitingText } from '../waiting-text.ts'

const ENDS = ['crawl.completed', 'crawl.failed', 'crawl.cancelled']
/** The outcome is written when the last event is on its way. */
const RELOAD_AFTER_MS = 700

/** Keeps the numbers of a crawl as they are, and shows the page anew when it is over. */
export function followCrawl(standing: HTMLElement): void {
  const events = new EventSource(standing.dataset['events'] ?? '')
  const follow = ({ data, type }: MessageEvent<string>): void => {
    show(standing, JSON.parse(data) as CrawlEvent)
    if (!ENDS.includes(type)) return
    events.close()
    setTimeout(() => location.reload(), RELOAD_AFTER_MS)
  }
  for (const type of ['crawl.progress', ...ENDS]) events.addEventListener(type, follow)
}

function show(standing: HTMLElement, { data: { counts, bytes, waiting } }: CrawlEvent): void {
  const say = (name: string, text: string): void => {
    const place = standing.querySelector(`[data-live="${name}"]`)
    if (place && place.textContent !== text) place.textContent = text
  }
  for (const [name, value] of Object.entries(counts)) say(name, value.toLocaleString('en'))
  say('size', sizeText(bytes))
  say('waiting', waitingText(waiting))
}
