import { DurableObject } from 'cloudflare:workers'
import { admit } from '../../../durable-objects/domain-frontier/admission.ts'
import { dispatch } from '../../../durable-objects/domain-frontier/dispatch.ts'
import { type FrontierStore, frontierStore } from '../../../durable-objects/domain-frontier/frontier-store.ts'
import { readRobots } from '../../../durable-objects/domain-frontier/robots-reading.ts'
import { STEPS } from '../../../durable-objects/domain-frontier/schema.ts'
import { settle } from '../../../durable-objects/domain-frontier/settling.ts'
import { applySteps, row } from '../../../durable-objects/sqlite/sql.ts'
import type { Candidate } from '../../../src/contracts/frontier.ts'
import type { VisitJob } from '../../../src/contracts/jobs.ts'
import type { CrawlBrief } from '../../../src/domain/crawl/crawl-brief.ts'
import type { Instant } from '../../../src/domain/frontier/pace.ts'

/** Links of a page, as they arrive with its settlement; on a site that is half known most of them are no news. */
const LINKS_OF_A_PAGE = 20
const ADMITTED_AT_ONCE = 500

const BRIEF: CrawlBrief = {
  crawlId: 'crawl',
  workspaceId: 'workspace',
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
  limit: 10_000_000,
  robots: 'respect',
  sitemap: 'skip',
  followLinks: true,
  ignoreQueryParameters: false,
  delayMs: 0,
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
}

/** The tables of a DomainFrontier on a real Durable Object's SQLite, worked without queue and network. */
export class FrontierUnderLoad extends DurableObject<LoadEnv> {
  readonly #store: FrontierStore
  #known: number
  #now: Instant = Date.now()

  constructor(ctx: DurableObjectState, env: LoadEnv) {
    super(ctx, env)
    applySteps(ctx.storage, STEPS)
    this.#store = frontierStore(ctx.storage.sql, 1)
    // The runtime may drop an idle object between two measurements.
    this.#known = row<{ known: number }>(ctx.storage.sql, 'SELECT count(*) AS known FROM url')?.known ?? 0
  }

  /** Admits new URLs up to `size`, and as many known ones among them. */
  async grow(size: number): Promise<number> {
    while (this.#known < size) {
      const count = Math.min(ADMITTED_AT_ONCE, size - this.#known)
      const fresh = Array.from({ length: count }, (_, n) => candidate(this.#known + n))
      const known = this.#knownLinks(count)
      this.ctx.storage.transactionSync(() => {
        const crawl = admit(this.#store, { brief: BRIEF, candidates: [...fresh, ...known] }, this.#now)
        this.#store.crawls.setGranted(crawl.id, BRIEF.limit)
      })
      if (this.#known === 0)
        readRobots(
          this.#store,
          'https://example.com',
          { kind: 'body', text: 'User-agent: *\nDisallow: /no' },
          this.#now,
        )
      this.#known += count
    }
    return this.ctx.storage.sql.databaseSize
  }

  /** Leases at least `count` URLs and settles them as recorded, each with the links of a page. */
  async visit(count: number): Promise<number> {
    let visited = 0
    while (visited < count) {
      const jobs = this.ctx.storage.transactionSync(() =>
        dispatch(
          this.#store,
          { domain: 'example.com', productToken: 'LapisSpider', newLeaseId: () => crypto.randomUUID() },
          this.#now,
        ),
      )
      if (jobs.length === 0) throw new Error('the frontier leases nothing')
      for (const job of jobs) visited += this.#settle(job)
      this.#now += 10
    }
    return visited
  }

  #settle(job: VisitJob): number {
    if (job.kind !== 'visit') throw new Error('robots.txt is known and should not be asked for')
    const { leaseId, urls } = job.lease
    const outcomes = urls.map(({ id }) => ({
      id,
      outcome: { kind: 'recorded' as const, status: 200, bytes: 10_000, latencyMs: 5 },
    }))
    const discovered = this.#knownLinks(urls.length * LINKS_OF_A_PAGE)
    const settlement = { leaseId, crawlId: BRIEF.crawlId, outcomes, discovered, lastStartAt: this.#now, last: true }
    this.ctx.storage.transactionSync(() => settle(this.#store, settlement, this.#now))
    return urls.length
  }

  /** URLs spread over all that are known: no cache of neighbours helps to find them. */
  #knownLinks(count: number): Candidate[] {
    if (this.#known === 0) return []
    return Array.from({ length: count }, (_, n) => candidate((n * 7_919 + this.#now * 104_729) % this.#known))
  }
}

function candidate(number: number): Candidate {
  return {
    url: `https://example.com/section-${number % 100}/a-page-with-a-name-as-long-as-most-${number}.html`,
    depth: 1 + (number % 10),
    kind: 'page',
  }
}

interface LoadEnv {
  FRONTIER: DurableObjectNamespace<FrontierUnderLoad>
}

export default {
  async fetch(request, env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const frontier = env.FRONTIER.getByName('example.com')
    const count = Number(searchParams.get('count'))
    return Response.json(pathname === '/grow' ? await frontier.grow(count) : await frontier.visit(count))
  },
} satisfies ExportedHandler<LoadEnv>
