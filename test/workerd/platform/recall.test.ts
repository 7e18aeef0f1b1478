import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { recallRecorded } from '../../../src/flows/crawl/recall-recorded.ts'
import { VisitYield } from '../../../src/flows/crawl/visit-yield.ts'
import type { LeasedUrl } from '../../../src/contracts/frontier.ts'
import type { CrawlBrief } from '../../../src/domain/crawl/crawl-brief.ts'
import { platformOf } from '../../../workers/platform.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const HOME = '<title>Home</title><main><p>Words of the home page, and a way on.</p><a href="/next">next</a></main>'

const BRIEF: Omit<CrawlBrief, 'crawlId'> = {
  workspaceId: '',
  homeDomain: '',
  scope: {
    hosts: [],
    startPath: '/',
    entireDomain: true,
    allowSubdomains: false,
    allowExternalLinks: false,
    includePaths: [],
    excludePaths: [],
    maxDepth: null,
  },
  limit: 10,
  robots: 'respect',
  sitemap: 'skip',
  followLinks: true,
  ignoreQueryParameters: false,
  delayMs: 0,
  maxConcurrency: 1,
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

it('an unchanged page that a lost visit had recorded is not asked for again; its links are read from the archive', async () => {
  const site = await openSite({ '/': { headers: { etag: '"1"' }, body: HOME }, '/next': '<p>next</p>' })
  const key = await newOwner()
  const wish = { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 }
  const former = await call<Crawl>(key, '/v1/crawls', wish)
  await completed(key, former.id)
  const later = await call<Crawl>(key, '/v1/crawls', { ...wish, since: former.id })
  await completed(key, later.id)
  const asked = (await site.requests()).length

  const home: LeasedUrl = {
    id: 1,
    url: `${site.origin}/`,
    kind: 'page',
    depth: 0,
    attempt: 1,
    redirects: [],
    lost: true,
  }
  const gathered = new VisitYield()
  const brief = { ...BRIEF, crawlId: later.id, since: former.id }
  expect(await recallRecorded(platformOf(env), brief, [home], gathered)).toEqual([])
  const { outcomes, found } = gathered.take()
  expect(outcomes).toEqual([{ id: 1, outcome: { kind: 'recorded', status: 200, bytes: HOME.length, latencyMs: 0 } }])
  expect(found).toEqual([{ url: `${site.origin}/next`, kind: 'page', depth: 1, from: { id: 1, url: home.url } }])
  expect((await site.requests()).length).toBe(asked)
})
