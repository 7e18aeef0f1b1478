import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { newOwner } from '../owner.ts'
import { type Routes, openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const PAGES = Array.from({ length: 60 }, (_, n) => `/page-${n}`)

function site(): Routes {
  const links = PAGES.map((path) => `<a href="${path}">${path}</a>`).join(' ')
  const page = (path: string) => [path, `<title>${path}</title><main><p>Page ${path}.</p></main>`] as const
  return { '/': `<title>All</title><main><p>${links}</p></main>`, ...Object.fromEntries(PAGES.map(page)) }
}

it('a crawl that is paused asks for nothing more, and goes on where it was when it is resumed', async () => {
  const { origin, requests } = await openSite(site())
  const key = await newOwner()
  const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${origin}/`, sitemap: 'skip', delayMs: 100 })
  await vi.waitFor(async () => expect((await requests()).length).toBeGreaterThan(5), { timeout: 10_000 })

  expect(await call(key, `/v1/crawls/${id}/pause`, {})).toMatchObject({ status: 'running', paused: true })
  // What is leased drains: 4 s of work at most.
  await sleep(4_500)
  const drained = (await requests()).length
  expect(drained).toBeLessThan(PAGES.length)
  await sleep(1_500)
  expect((await requests()).length).toBe(drained)
  expect(await call(key, `/v1/crawls/${id}`)).toMatchObject({ status: 'running', paused: true })

  expect(await call(key, `/v1/crawls/${id}/resume`, {})).toMatchObject({ paused: false })
  const end = await completed(key, id)
  expect(end).toMatchObject({ paused: false, counts: { fetched: PAGES.length + 1, failed: 0 } })
  const paths = (await requests()).map(({ path }) => path)
  expect(new Set(paths).size).toBe(paths.length)
}, 40_000)

it('a crawl that is paused can be cancelled', async () => {
  const { origin } = await openSite(site())
  const key = await newOwner()
  const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${origin}/`, sitemap: 'skip', delayMs: 200 })
  await call(key, `/v1/crawls/${id}/pause`, {})
  expect(await call(key, `/v1/crawls/${id}/cancel`, {})).toMatchObject({ status: 'cancelled', paused: false })
})
