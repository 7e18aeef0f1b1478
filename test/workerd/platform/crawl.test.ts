import { createScheduledController } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import worker from '../../../workers/index.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

const PAGE = (links: string): string => `<title>Page</title><main><p>Some words to read.</p>${links}</main>`

describe('a crawl on the bindings of wrangler.toml: queues, alarms, R2, PostgreSQL', () => {
  it('fetches a site over real sockets and ends by itself', async () => {
    const site = await openSite({
      '/': PAGE('<a href="/one">one</a> <a href="/gone">gone</a>'),
      '/one': PAGE('<a href="/">home</a>'),
    })
    const key = await newOwner()
    const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 })
    await completed(key, id)
    const pages = await call<{ data: { url: string; status: number; markdown: string }[] }>(
      key,
      `/v1/crawls/${id}/pages`,
    )
    expect(pages.data.map(({ url }) => url.slice(site.origin.length)).toSorted()).toEqual(['/', '/one'])
    expect(pages.data.find(({ url }) => url.endsWith('/one'))?.markdown).toContain('Some words to read.')
    const asked = (await site.requests()).map(({ path }) => path)
    expect(asked[0]).toBe('/robots.txt')
    expect(asked.toSorted()).toEqual(['/', '/gone', '/one', '/robots.txt'])
  })

  it('finds pages that no link leads to: frames, refreshes, canonical names, and on request iframes', async () => {
    const site = await openSite({
      '/': '<frameset><frame src="/framed"></frameset>',
      '/framed': `<link rel="canonical" href="/proper">${PAGE('<iframe src="/inner"></iframe>')}`,
      '/proper': `<meta http-equiv="refresh" content="3; url=/moved">${PAGE('')}`,
      '/moved': PAGE('<p>Here it is.</p>'),
      '/inner': PAGE('<p>Inside.</p>'),
    })
    const key = await newOwner()
    async function crawled(iframes: string): Promise<string[]> {
      const order = { url: `${site.origin}/`, sitemap: 'skip', iframes }
      const { id } = await call<Crawl>(key, '/v1/crawls', order)
      await completed(key, id)
      const { data } = await call<{ data: { url: string }[] }>(key, `/v1/crawls/${id}/pages`)
      return data.map(({ url }) => new URL(url).pathname).toSorted()
    }
    expect(await crawled('skip')).toEqual(['/', '/framed', '/moved', '/proper'])
    expect(await crawled('follow')).toEqual(['/', '/framed', '/inner', '/moved', '/proper'])
  })

  it('leaves alone what robots.txt forbids', async () => {
    const site = await openSite({
      '/robots.txt': { headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /private' },
      '/': PAGE('<a href="/private">not for robots</a>'),
      '/private': PAGE(''),
    })
    const key = await newOwner()
    const { id } = await call<Crawl>(key, '/v1/crawls', { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 })
    await completed(key, id)
    const urls = await call<{ data: { url: string; state: string; reason?: string }[] }>(key, `/v1/crawls/${id}/urls`)
    expect(urls.data).toContainEqual(
      expect.objectContaining({ url: `${site.origin}/private`, state: 'skipped', reason: 'robots' }),
    )
    expect((await site.requests()).map(({ path }) => path)).not.toContain('/private')
  })
})

describe('the cron trigger', () => {
  it('sweeps without a fault', async () => {
    const controller = createScheduledController({ cron: '* * * * *', scheduledTime: new Date() })
    await expect(Promise.resolve(worker.scheduled(controller, env))).resolves.toBeUndefined()
  })
})

describe('readiness', () => {
  it('finds its database, archive and Durable Objects', async () => {
    const response = await exports.default.fetch('http://lapis.test/ready')
    expect(await response.json()).toMatchObject({
      dependencies: { database: 'ok', archive: 'ok', durableObjects: 'ok' },
    })
  })
})
