import { expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const page = (text: string): string => `<title>${text}</title><main><p>${text}</p></main>`
const plain = (body: string) => ({ headers: { 'content-type': 'text/plain' }, body })
const urlset = (...urls: string[]): string =>
  `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`

it('a sitemap that robots.txt declares on another domain is read there, and its pages are crawled at home', async () => {
  const [home, host] = await Promise.all([openSite({}), openSite({})])
  await home.setRoutes({
    '/robots.txt': plain(`Sitemap: ${host.origin}/maps/home.xml\nSitemap: /own.xml`),
    '/own.xml': { headers: { 'content-type': 'application/xml' }, body: urlset(`${home.origin}/own`) },
    '/': page('start'),
    '/own': page('own'),
    '/hidden': page('hidden'),
  })
  await host.setRoutes({
    '/robots.txt': plain('User-agent: *\nDisallow: /private'),
    '/maps/home.xml': {
      headers: { 'content-type': 'application/xml' },
      body: urlset(`${home.origin}/hidden`, `${host.origin}/not-of-the-crawl`),
    },
  })
  const key = await newOwner()
  const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${home.origin}/`, delayMs: 0 })
  const crawl = await completed(key, id)
  expect(crawl.counts).toMatchObject({ fetched: 3, failed: 0, skipped: 1, queued: 0 })
  const { data } = await call<{ data: { url: string }[] }>(key, `/v1/crawls/${id}/pages`)
  expect(data.map(({ url }) => url.slice(home.origin.length)).toSorted()).toEqual(['/', '/hidden', '/own'])
  expect((await host.requests()).map(({ path }) => path)).toEqual(['/robots.txt', '/maps/home.xml'])
})
