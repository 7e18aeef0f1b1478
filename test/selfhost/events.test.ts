import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LinkedSite, linkedSite } from '../fixtures/sites/linked-site.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const PAGES = 120
const START_MS = 60_000
const CRAWL_MS = 120_000

interface Event {
  id: number
  type: string
  data: Pick<CrawlView, 'status' | 'counts' | 'finishedAt'>
}

/** What a subscriber has been told, over all its connections. */
interface Heard {
  events: Event[]
  connections: number
}

let site: LinkedSite
let platform: LaunchedPlatform

beforeAll(async () => {
  site = await linkedSite({ pages: PAGES, latencyMs: 60 })
  platform = new LaunchedPlatform()
  await platform.start()
}, START_MS)

afterAll(async () => {
  await platform.dispose()
  await site.close()
})

/** Reads one event stream as far as it goes; true: there will be no more. */
async function readStream(crawlId: string, heard: Heard): Promise<boolean> {
  const last = heard.events.at(-1)
  const answer = await platform.call('GET', `/v1/crawls/${crawlId}/events`, undefined, {
    ...(last && { 'last-event-id': String(last.id) }),
  })
  if (answer.status === 204) return true
  if (!answer.ok || !answer.body) return false
  heard.connections++
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const json = /^data: (.*)$/m.exec(block)?.[1]
      if (json !== undefined) heard.events.push(JSON.parse(json) as Event)
    }
  }
  return heard.events.at(-1)?.type !== 'crawl.progress'
}

/** The same over a WebSocket, as a browser opens it: without headers of its own. */
function readSocket(crawlId: string, heard: Heard): Promise<boolean> {
  const after = heard.events.at(-1)?.id ?? -1
  const url = `${platform.url.replace('http', 'ws')}/v1/crawls/${crawlId}/events?lastEventId=${after}`
  const socket = new WebSocket(url, ['lapis', platform.key])
  return new Promise((resolve) => {
    socket.addEventListener('open', () => heard.connections++)
    socket.addEventListener('message', ({ data }) => heard.events.push(JSON.parse(String(data)) as Event))
    socket.addEventListener('close', ({ code }) => resolve(code === 1000))
    socket.addEventListener('error', () => resolve(false))
  })
}

/** Connects again and again, as a subscriber does that wants to know how the crawl ends. */
async function subscribe(read: (crawlId: string, heard: Heard) => Promise<boolean>, crawlId: string, heard: Heard) {
  const deadline = performance.now() + CRAWL_MS
  while (performance.now() < deadline) {
    if (await read(crawlId, heard).catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no end within ${CRAWL_MS} ms: ${JSON.stringify(heard.events.at(-1))}\n${platform.output}`)
}

it.each([
  ['an event stream', readStream],
  ['a WebSocket', readSocket],
] as const)(
  'a subscriber with %s is told how the crawl ended, through a kill -9 of workerd',
  async (_, read) => {
    const crawl = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, maxConcurrency: 4 })
    const heard: Heard = { events: [], connections: 0 }
    const end = subscribe(read, crawl.id, heard)
    await expect.poll(() => heard.events.at(-1)?.data.counts.fetched, { timeout: CRAWL_MS }).toBeGreaterThanOrEqual(20)
    const before = heard.events.length
    platform.killWorkerd()
    await end

    expect(heard.connections).toBe(2)
    expect(heard.events.length).toBeGreaterThan(before)
    const last = heard.events.at(-1)
    expect(last).toMatchObject({
      type: 'crawl.completed',
      data: { status: 'completed', counts: { fetched: PAGES, failed: 0, queued: 0 }, finishedAt: expect.any(String) },
    })
    expect(heard.events.filter(({ type }) => type !== 'crawl.progress')).toEqual([last])
    const ids = heard.events.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
  },
  START_MS + CRAWL_MS,
)
