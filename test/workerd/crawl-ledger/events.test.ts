import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { CrawlEvent } from '../../../src/contracts/api/crawl-event.ts'
import type { FrontierReport, LedgerRpc } from '../../../src/contracts/ledger.ts'
import { NO_COUNTS } from '../../../src/domain/crawl/crawl-status.ts'
import { brief } from '../domain-frontier/in-frontier.ts'
import { newOwner } from '../owner.ts'

async function running(): Promise<LedgerRpc> {
  const crawlId = crypto.randomUUID()
  const ledger = env.CRAWL_LEDGER.getByName(crawlId) as unknown as LedgerRpc
  await ledger.open(brief({ crawlId }))
  await ledger.report(report(1, 0, false))
  await ledger.seeded()
  return ledger
}

function report(sequence: number, fetched: number, idle: boolean): FrontierReport {
  const counts = { ...NO_COUNTS, discovered: 1, fetched, queued: 1 - fetched }
  return {
    domain: 'example.com',
    sequence,
    counts,
    bytes: 0,
    recorded: fetched,
    granted: fetched,
    wants: 1 - fetched,
    idle,
  }
}

async function eventsOf(stream: ReadableStream<Uint8Array> | null): Promise<CrawlEvent[]> {
  const text = await new Response(stream).text()
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => CrawlEvent.parse(JSON.parse(json ?? '')))
}

describe('the events of a crawl', () => {
  it('end with how it ended, and their ids grow', async () => {
    const ledger = await running()
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
    const ledger = await running()
    await ledger.report(report(2, 1, true))
    const late = await eventsOf(await ledger.events(-1))
    expect(late.map((event) => event.type)).toEqual(['crawl.completed'])
    const last = late[0]?.id ?? Number.NaN
    expect(await eventsOf(await ledger.events(last - 1))).toEqual(late)
    expect(await ledger.events(last)).toBeNull()
  })

  it('end when the crawl is deleted', async () => {
    const ledger = await running()
    const events = eventsOf(await ledger.events(-1))
    await ledger.forget()
    expect((await events).every((event) => event.type === 'crawl.progress')).toBe(true)
  })

  it('are not there for another workspace', async () => {
    const headers = { authorization: `Bearer ${await newOwner()}` }
    const url = `http://lapis.test/v1/crawls/${crypto.randomUUID()}/events`
    expect((await exports.default.fetch(url, { headers })).status).toBe(404)
  })
})
