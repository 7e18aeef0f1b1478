import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Candidate, Outcome, Settlement } from '../../../src/contracts/frontier.ts'
import type { VisitJob } from '../../../src/contracts/jobs.ts'
import { type FrontierStore, frontierStore } from '../../../durable-objects/domain-frontier/frontier-store.ts'
import { admit } from '../../../durable-objects/domain-frontier/admission.ts'
import { type DispatchContext, dispatch } from '../../../durable-objects/domain-frontier/dispatch.ts'
import { readRobots } from '../../../durable-objects/domain-frontier/robots-reading.ts'
import { settle } from '../../../durable-objects/domain-frontier/settling.ts'
import type { CrawlBrief } from '../../../src/domain/crawl/crawl-brief.ts'

export const NOW = Date.parse('2026-11-24T12:00:00Z')
export const SITE = 'https://example.com'

export function brief(change: Partial<CrawlBrief> = {}): CrawlBrief {
  return {
    crawlId: 'crawl-1',
    workspaceId: 'workspace-1',
    homeDomain: 'example.com',
    scope: {
      hosts: ['example.com'],
      startPath: '/',
      entireDomain: true,
      allowSubdomains: false,
      allowExternalLinks: false,
      includePaths: [],
      excludePaths: [],
      maxDepth: null,
    },
    limit: 100,
    robots: 'respect',
    sitemap: 'skip',
    followLinks: true,
    ignoreQueryParameters: false,
    delayMs: null,
    maxConcurrency: 8,
    page: {
      formats: ['markdown'],
      onlyMainContent: true,
      includeSelectors: [],
      excludeSelectors: [],
      headers: {},
      timeoutMs: 1_000,
      maxBytes: 1_000_000,
    },
    ...change,
  }
}

export const page = (path: string, change: Partial<Candidate> = {}): Candidate => ({
  url: `${SITE}${path}`,
  depth: 1,
  kind: 'page',
  ...change,
})

export type VisitMessage = VisitJob & { kind: 'visit' }

/** A frontier's tables on a real Durable Object's SQLite, driven step by step at a chosen time: no queue, no alarm. */
export class Bench {
  readonly store: FrontierStore
  readonly context: DispatchContext
  #leases = 0
  now = NOW

  constructor(sql: SqlStorage) {
    this.store = frontierStore(sql, 1)
    this.context = { domain: 'example.com', productToken: 'LapisSpider', newLeaseId: () => `lease-${++this.#leases}` }
  }

  admit(candidates: Candidate[], of = brief(), permits = of.limit): void {
    const crawl = admit(this.store, { brief: of, candidates }, this.now)
    this.store.crawls.setGranted(crawl.id, permits)
  }

  robots(text: string, origin = SITE): void {
    readRobots(this.store, origin, { kind: 'body', text }, this.now)
  }

  dispatch(): VisitJob[] {
    return dispatch(this.store, this.context, this.now)
  }

  leases(): VisitMessage[] {
    return this.dispatch().filter((job) => job.kind === 'visit')
  }

  settle(job: VisitMessage, outcomeOf: (url: string) => Outcome, change: Partial<Settlement> = {}): boolean {
    const outcomes = job.lease.urls.map(({ id, url }) => ({ id, outcome: outcomeOf(url) }))
    const { leaseId } = job.lease
    const settlement = {
      leaseId,
      crawlId: job.brief.crawlId,
      outcomes,
      discovered: [],
      lastStartAt: this.now,
      last: true,
      ...change,
    }
    return settle(this.store, settlement, this.now) !== undefined
  }

  crawl(id = 'crawl-1') {
    const crawl = this.store.crawls.find(id)
    if (!crawl) throw new Error(`no crawl ${id}`)
    return crawl
  }

  states(crawlId = 'crawl-1'): Record<string, string> {
    const urls = this.store.urls.list(this.crawl(crawlId).id, { after: 0, limit: 1_000 })
    return Object.fromEntries(
      urls.map(({ url, state, reason }) => [new URL(url).pathname, reason ? `${state}: ${reason}` : state]),
    )
  }
}

export const recorded: Outcome = { kind: 'recorded', status: 200, bytes: 10, latencyMs: 5 }

let frontiers = 0

/** Runs a test inside a fresh DomainFrontier. */
export function inFrontier(test: (bench: Bench) => void): () => Promise<void> {
  return async () => {
    const stub = env.DOMAIN_FRONTIER.getByName(`test-${++frontiers}.example`)
    await runInDurableObject(stub, (_object, state) => test(new Bench(state.storage.sql)))
  }
}
