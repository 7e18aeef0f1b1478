import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { CrawlEvent } from '../../../src/contracts/api/crawl-event.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { report, runningCrawl } from './running-crawl.ts'

async function eventsOf(stream: ReadableStream<Uint8Array> | null): Promise<CrawlEvent[]> {
  const text = await new Response(stream).text()
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => CrawlEvent.parse(JSON.parse(json ?? '')))
}

describe('the events of a crawl', () => {
  it('end with how it ended, and their ids grow', async () => {
    const ledger = await runningCrawl()
    const events = eventsOf(await ledger.events(-1))
    await ledger.report(report(2, 1, true))
    const seen = await events
    expect(seen.at(-1)).toMatchObject({
      type: 'crawl.completed',
      data: { status: 'completed', counts: { fetched: 1 } },
    })
    const ids = seen.map((event) => event.id)
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
  })

  it('are only the last one for who comes late or resumes, and none for who has seen it', async () => {
    const ledger = await runningCrawl()
    await ledger.report(report(2, 1, true))
    const late = await eventsOf(await ledger.events(-1))
    expect(late.map((event) => event.type)).toEqual(['crawl.completed'])
    const last = late[0]?.id ?? Number.NaN
    expect(await eventsOf(await ledger.events(last - 1))).toEqual(late)
    expect(await ledger.events(last)).toBeNull()
  })

  it('end when the crawl is deleted', async () => {
    const ledger = await runningCrawl()
    const events = eventsOf(await ledger.events(-1))
    await ledger.forget()
    expect((await events).every((event) => event.type === 'crawl.progress')).toBe(true)
  })

  it('are read by the workspace of the crawl, and by no other', async () => {
    const site = await openSite({ '/': '<title>Page</title><main><p>Some words to read.</p></main>' })
    const owner = await newOwner()
    const started = await ask(owner, '', { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 })
    const { id } = await started.json<{ id: string }>()
    expect((await ask(await newOwner(), `/${id}/events`)).status).toBe(404)
    const answer = await ask(owner, `/${id}/events`)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const last = (await eventsOf(answer.body)).at(-1)
    expect(last).toMatchObject({ type: 'crawl.completed', data: { id, counts: { fetched: 1 } } })
    expect((await ask(owner, `/${id}/events?lastEventId=${last?.id}`)).status).toBe(204)
  })
})

async function ask(key: string, path: string, order?: unknown): Promise<Response> {
  return exports.default.fetch(`http://lapis.test/v1/crawls${path}`, {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(order !== undefined && { method: 'POST', body: JSON.stringify(order) }),
  })
}
