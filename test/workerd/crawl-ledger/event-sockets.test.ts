import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { CrawlEvent } from '../../../src/contracts/api/crawl-event.ts'
import type { LedgerRpc } from '../../../src/contracts/ledger.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { report, runningCrawl } from './running-crawl.ts'

/** A subscriber, and what it has received. */
interface Listener {
  socket: WebSocket
  messages: string[]
  closed: Promise<CloseEvent>
}

function listen({ status, webSocket: socket }: Response): Listener {
  if (!socket) throw new Error(`no WebSocket but ${status}`)
  const messages: string[] = []
  socket.addEventListener('message', ({ data }) => void messages.push(String(data)))
  const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve))
  socket.accept()
  return { socket, messages, closed }
}

async function subscribe(ledger: LedgerRpc, after = -1): Promise<Listener> {
  return listen(
    await ledger.fetch(new Request(`https://ledger/?after=${after}`, { headers: { upgrade: 'websocket' } })),
  )
}

const eventsOf = ({ messages }: Listener) => messages.map((text) => CrawlEvent.parse(JSON.parse(text)))

async function handshake(id: string, headers: Record<string, string>, query = ''): Promise<Response> {
  return exports.default.fetch(`http://lapis.test/v1/crawls/${id}/events${query}`, {
    headers: { upgrade: 'websocket', ...headers },
  })
}

async function startCrawl(key: string): Promise<string> {
  const site = await openSite({ '/': '<title>Page</title><main><p>Some words to read.</p></main>' })
  const started = await exports.default.fetch('http://lapis.test/v1/crawls', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 }),
  })
  return (await started.json<{ id: string }>()).id
}

describe('the events of a crawl over a WebSocket', () => {
  it('begin with where the crawl stands, end with how it ended and with close code 1000, and their ids grow', async () => {
    const ledger = await runningCrawl()
    const listener = await subscribe(ledger)
    await expect.poll(() => listener.messages.length).toBe(1)
    await ledger.report(report(2, 1, true))
    const { code, reason } = await listener.closed
    expect({ code, reason }).toEqual({ code: 1000, reason: 'crawl.completed' })
    const events = eventsOf(listener)
    expect(events.at(0)).toMatchObject({ type: 'crawl.progress', data: { status: 'running', counts: { fetched: 0 } } })
    expect(events.at(-1)).toMatchObject({ type: 'crawl.completed', data: { counts: { fetched: 1 } } })
    const ids = events.map((event) => event.id)
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
  })

  it('reach a subscriber whose place the ledger has kept over a hibernation', async () => {
    const crawlId = crypto.randomUUID()
    const ledger = await runningCrawl(crawlId)
    const listener = await subscribe(ledger)
    await expect.poll(() => listener.messages.length).toBe(1)
    await evictDurableObject(env.CRAWL_LEDGER.getByName(crawlId))
    // Heard already: nothing new, so that an event sent now would be one sent twice.
    await ledger.report(report(1, 0, false))
    await ledger.report(report(2, 1, true))
    await listener.closed
    const ids = eventsOf(listener).map((event) => event.id)
    expect(ids).toEqual([...new Set(ids)])
    expect(eventsOf(listener).at(-1)?.type).toBe('crawl.completed')
  })

  it('that follow one another closely are one, and the latest comes without a further report', async () => {
    const ledger = await runningCrawl()
    const listener = await subscribe(ledger)
    for (let sequence = 2; sequence <= 20; sequence++)
      await ledger.report({ ...report(sequence, 0, false), bytes: sequence })
    await expect.poll(() => eventsOf(listener).at(-1)?.data.bytes, { timeout: 3_000 }).toBe(20)
    expect(listener.messages.length).toBeLessThan(10)
  })

  it('are only the last one for who comes late or resumes, and none for who has seen it', async () => {
    const ledger = await runningCrawl()
    await ledger.report(report(2, 1, true))
    const late = await subscribe(ledger)
    expect((await late.closed).code).toBe(1000)
    const events = eventsOf(late)
    expect(events.map((event) => event.type)).toEqual(['crawl.completed'])
    const last = events[0]?.id ?? Number.NaN
    const resumed = await subscribe(ledger, last - 1)
    await resumed.closed
    expect(eventsOf(resumed)).toEqual(events)
    const seen = await subscribe(ledger, last)
    expect((await seen.closed).code).toBe(1000)
    expect(seen.messages).toEqual([])
  })

  it('end with close code 1000 when the crawl is deleted', async () => {
    const ledger = await runningCrawl()
    const listener = await subscribe(ledger)
    await ledger.forget()
    expect(await listener.closed).toMatchObject({ code: 1000, reason: 'The crawl was deleted.' })
  })

  it('go on for the others, and the crawl with them, when one subscriber has gone', async () => {
    const ledger = await runningCrawl()
    const [gone, stays] = [await subscribe(ledger), await subscribe(ledger)]
    gone.socket.close(1001)
    await ledger.report(report(2, 1, true))
    await stays.closed
    expect(eventsOf(stays).at(-1)?.type).toBe('crawl.completed')
  })

  it('are no more on one connection than may be buffered for who does not take them', async () => {
    const crawlId = crypto.randomUUID()
    const ledger = await runningCrawl(crawlId)
    const listener = await subscribe(ledger)
    await runInDurableObject(env.CRAWL_LEDGER.getByName(crawlId), (_, state) => {
      const [socket] = state.getWebSockets()
      socket?.serializeAttachment({ ...(socket.deserializeAttachment() as object), sentAt: 0, left: 1 })
    })
    await ledger.report({ ...report(2, 0, false), bytes: 7 })
    expect((await listener.closed).code).toBe(1012)
    const last = eventsOf(listener).at(-1)
    expect(last).toMatchObject({ type: 'crawl.progress', data: { bytes: 7 } })
    const again = await subscribe(ledger, last?.id)
    await ledger.report(report(3, 1, true))
    expect((await again.closed).code).toBe(1000)
    expect(
      eventsOf(again)
        .map((event) => event.type)
        .at(-1),
    ).toBe('crawl.completed')
  })

  it('come beside a pong for each ping; anything else that is said ends them', async () => {
    const listener = await subscribe(await runningCrawl())
    listener.socket.send('ping')
    await expect.poll(() => listener.messages).toContain('pong')
    listener.socket.send('{"cancel":true}')
    expect((await listener.closed).code).toBe(1008)
  })
})

describe('a handshake', () => {
  it.each<[string, (key: string) => Record<string, string>, string | null]>([
    ['the header Authorization', (key) => ({ authorization: `Bearer ${key}` }), null],
    ['a subprotocol, for browsers', (key) => ({ 'sec-websocket-protocol': `lapis, ${key}` }), 'lapis'],
  ])('is let in with the key as %s, and sees its own crawls only', async (_, headers, selected) => {
    const owner = await newOwner()
    const id = await startCrawl(owner)
    const answer = await handshake(id, headers(owner))
    expect([answer.status, answer.headers.get('sec-websocket-protocol')]).toEqual([101, selected])
    const listener = listen(answer)
    expect((await listener.closed).code).toBe(1000)
    const last = eventsOf(listener).at(-1)
    expect(last).toMatchObject({ type: 'crawl.completed', data: { id, counts: { fetched: 1 } } })
    const resumed = listen(await handshake(id, headers(owner), `?lastEventId=${last?.id}`))
    await resumed.closed
    expect(resumed.messages).toEqual([])
    expect((await handshake(id, headers(await newOwner()))).status).toBe(404)
  })

  it.each<[string, Record<string, string>]>([
    ['no key', {}],
    ['a key that is none', { 'sec-websocket-protocol': 'lapis, lps_nobody' }],
    ['the subprotocol alone', { 'sec-websocket-protocol': 'lapis' }],
  ])('with %s is refused', async (_, headers) => {
    const answer = await handshake(crypto.randomUUID(), headers)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'unauthorized' })
  })

  it('is the only request that may bring the key as a subprotocol', async () => {
    const key = await newOwner()
    const answer = await exports.default.fetch('http://lapis.test/v1/crawls', {
      headers: { 'sec-websocket-protocol': `lapis, ${key}` },
    })
    expect(answer.status).toBe(401)
  })
})
