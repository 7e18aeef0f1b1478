import { gzipSync } from 'node:zlib'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'

interface Answer {
  status: number
  code?: string
  data?: { url: string; title?: string; lastModified?: string; source: string }[]
}

async function map(body: object): Promise<Answer> {
  const response = await exports.default.fetch('http://lapis.test/v1/map', {
    method: 'POST',
    headers: { authorization: `Bearer ${await newOwner()}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { ...(await response.json<object>()), status: response.status }
}

const HOME = '<title>Home</title><main><a href="/about">About us</a> <a href="http://other.example/">x</a></main>'

describe('POST /v1/map', () => {
  it('joins nested and gzipped sitemaps with the links of the start page, each URL once, without what robots.txt forbids', async () => {
    const site = await openSite({})
    const { origin } = site
    const urls = `<urlset><url><loc>${origin}/about</loc><lastmod>2026-01-02</lastmod></url><url><loc>${origin}/deep</loc></url><url><loc>${origin}/private</loc></url></urlset>`
    await site.setRoutes({
      '/': HOME,
      '/robots.txt': { body: 'User-agent: *\nDisallow: /private\nSitemap: {origin}/index.xml' },
      '/index.xml': { body: '<sitemapindex><sitemap><loc>{origin}/a.xml.gz</loc></sitemap></sitemapindex>' },
      '/a.xml.gz': { bodyBase64: gzipSync(urls).toString('base64') },
    })
    const { data } = await map({ url: `${origin}/` })
    expect(data).toEqual([
      { url: `${origin}/`, title: 'Home', source: 'page' },
      { url: `${origin}/about`, title: 'About us', lastModified: '2026-01-02', source: 'page' },
      { url: `${origin}/deep`, source: 'sitemap' },
    ])
    const asked = (await site.requests()).map(({ path }) => path)
    expect(asked).toEqual(['/robots.txt', '/', '/index.xml', '/a.xml.gz'])
  })

  it('answers with the page links of a site without a sitemap, and searches them', async () => {
    const { origin } = await openSite({ '/': HOME })
    const { data } = await map({ url: `${origin}/`, search: 'ABOUT us' })
    expect(data?.map(({ url }) => url)).toEqual([`${origin}/about`])
  })

  it('asks for no sitemap when told to skip them, and for nothing else when told to take only them', async () => {
    const site = await openSite({ '/': HOME, '/sitemap.xml': '<urlset><url><loc>{origin}/deep</loc></url></urlset>' })
    const url = `${site.origin}/`
    expect((await map({ url, sitemap: 'skip', limit: 1 })).data).toEqual([{ url, title: 'Home', source: 'page' }])
    expect((await map({ url, sitemap: 'only' })).data).toEqual([{ url: `${url}deep`, source: 'sitemap' }])
    expect((await site.requests()).map(({ path }) => path)).toEqual(['/robots.txt', '/', '/robots.txt', '/sitemap.xml'])
  })

  it('says why a site can not be mapped', async () => {
    const closed = await openSite({ '/robots.txt': { body: 'User-agent: *\nDisallow: /' }, '/': HOME })
    expect(await map({ url: `${closed.origin}/` })).toMatchObject({ status: 422, code: 'robots_disallowed' })
    const broken = await openSite({ '/': { status: 500 } })
    expect(await map({ url: `${broken.origin}/` })).toMatchObject({ status: 422, code: 'http_error' })
  })
})
