import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { FrontierReport, LedgerRpc } from '../../../src/contracts/ledger.ts'
import type { CrawlBrief } from '../../../src/domain/crawl/crawl-brief.ts'
import { NO_COUNTS } from '../../../src/domain/crawl/crawl-status.ts'
import { brief } from '../domain-frontier/in-frontier.ts'

async function openLedger(change: Partial<CrawlBrief> = {}): Promise<LedgerRpc> {
  const crawlId = crypto.randomUUID()
  const ledger = env.CRAWL_LEDGER.getByName(crawlId) as unknown as LedgerRpc
  await ledger.open(brief({ crawlId, ...change }))
  return ledger
}

function report(change: Partial<FrontierReport> & { fetched?: number; queued?: number } = {}): FrontierReport {
  const { fetched = 0, queued = 0, ...rest } = change
  return {
    domain: 'example.com',
    sequence: 1,
    counts: { ...NO_COUNTS, discovered: fetched + queued, fetched, queued },
    bytes: 0,
    recorded: fetched,
    granted: fetched,
    wants: queued,
    idle: queued === 0,
    ...rest,
  }
}

describe('a crawl is over', () => {
  it('when all seeds are in and every frontier is idle', async () => {
    const ledger = await openLedger()
    await ledger.report(report({ queued: 1 }))
    await ledger.seeded()
    expect(await ledger.progress()).toMatchObject({ status: 'running', finishedAt: null })
    await ledger.report(report({ sequence: 2, fetched: 1, granted: 1 }))
    expect(await ledger.progress()).toMatchObject({ status: 'completed', counts: { fetched: 1 } })
  })

  it('not before the seeds are in', async () => {
    const ledger = await openLedger()
    await ledger.report(report({ fetched: 1 }))
    expect(await ledger.progress()).toMatchObject({ finishedAt: null })
  })

  it('not while another frontier has work', async () => {
    const ledger = await openLedger({ scope: { ...brief().scope, allowExternalLinks: true } })
    await ledger.report(report({ queued: 1 }))
    await ledger.report(report({ domain: 'other.example', queued: 1 }))
    await ledger.seeded()
    await ledger.report(report({ sequence: 2, fetched: 1 }))
    expect(await ledger.progress()).toMatchObject({ status: 'running' })
    await ledger.report(report({ domain: 'other.example', sequence: 2, fetched: 1 }))
    expect(await ledger.progress()).toMatchObject({ status: 'completed', counts: { fetched: 2 } })
  })

  it('with the reason of its start URL when there is no page', async () => {
    const failed = await openLedger()
    await failed.report(report({ seedFailure: { code: 'dns_failure', detail: 'no such host' } }))
    await failed.seeded()
    expect(await failed.progress()).toMatchObject({ status: 'failed', error: { code: 'dns_failure' } })
  })
})

describe('reports', () => {
  it('that come late change nothing', async () => {
    const ledger = await openLedger()
    await ledger.report(report({ sequence: 5, fetched: 3, queued: 1, granted: 10 }))
    await ledger.report(report({ sequence: 4, fetched: 1, queued: 9, granted: 10 }))
    expect(await ledger.progress()).toMatchObject({ counts: { fetched: 3, queued: 1 } })
  })

  it('are answered with all permits where a crawl has one domain', async () => {
    const ledger = await openLedger({ limit: 500 })
    expect(await ledger.report(report({ queued: 1 }))).toEqual({ granted: 500 })
  })

  it('close the crawl when the budget is spent', async () => {
    const ledger = await openLedger({ limit: 2 })
    await ledger.report(report({ queued: 5 }))
    expect(await ledger.report(report({ sequence: 2, fetched: 2, queued: 3, granted: 2 }))).toMatchObject({
      closed: 'limit',
    })
  })

  it('close the crawl when its bytes are used up, and other frontiers with it', async () => {
    const ledger = await openLedger({ maxBytes: 1_000 })
    expect(await ledger.report(report({ queued: 5, bytes: 999 }))).not.toHaveProperty('closed')
    const reply = await ledger.report(report({ domain: 'other.example', queued: 5, bytes: 1 }))
    expect(reply).toMatchObject({ closed: 'bytes' })
  })

  it('on a crawl that was deleted tell the frontier to stop', async () => {
    const ledger = await openLedger()
    await ledger.forget()
    expect(await ledger.report(report({ queued: 5 }))).toMatchObject({ closed: 'cancelled' })
  })
})

it('is cancelled at once, and over when nothing is in flight', async () => {
  const ledger = await openLedger()
  await ledger.report(report({ queued: 1 }))
  await ledger.seeded()
  expect(await ledger.cancel()).toMatchObject({ status: 'cancelled', finishedAt: null })
  await ledger.report(report({ sequence: 9 }))
  const after = await ledger.progress()
  expect(after).toMatchObject({ status: 'cancelled' })
  expect(after?.finishedAt).not.toBeNull()
})

describe('what a crawl waits for', () => {
  const rest = (until: number) => ({ reason: 'rest', origin: 'https://example.com', until }) as const

  it('is what its frontiers wait for, until the first of them goes on', async () => {
    const ledger = await openLedger({ scope: { ...brief().scope, allowExternalLinks: true } })
    const soon = Date.now() + 60_000
    await ledger.report(report({ queued: 1, waiting: rest(soon + 60_000) }))
    expect(await ledger.progress()).toMatchObject({ waiting: rest(soon + 60_000) })
    await ledger.report(report({ domain: 'other.example', queued: 1, waiting: rest(soon) }))
    expect(await ledger.progress()).toMatchObject({ waiting: rest(soon) })
    await ledger.report(report({ domain: 'other.example', sequence: 2, queued: 1, waiting: null }))
    expect(await ledger.progress()).toMatchObject({ waiting: null })
  })

  it('is nothing any more once its time has come', async () => {
    const ledger = await openLedger()
    await ledger.report(report({ queued: 1, waiting: rest(Date.now() - 1) }))
    expect(await ledger.progress()).toMatchObject({ waiting: null })
  })
})
