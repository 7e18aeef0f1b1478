import { expect, it, vi } from 'vitest'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call } from './api-calls.ts'

it('a crawl whose site asked for rest says until when, and where', async () => {
  const { origin } = await openSite({ '/': { status: 503, headers: { 'retry-after': '600' } } })
  const key = await newOwner()
  const startedAt = Date.now()
  const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${origin}/`, sitemap: 'skip' })

  const { waiting } = await vi.waitFor(
    async () => {
      const crawl = await call<Crawl & { waiting: { until: string } | null }>(key, `/v1/crawls/${id}`)
      expect(crawl).toMatchObject({ status: 'running', waiting: { reason: 'rest', origin } })
      return crawl
    },
    { timeout: 10_000 },
  )
  expect(Date.parse(waiting?.until ?? '') - startedAt).toBeGreaterThan(590_000)
  expect(await call(key, `/v1/crawls/${id}/cancel`, {})).toMatchObject({ status: 'cancelled', waiting: null })
})
