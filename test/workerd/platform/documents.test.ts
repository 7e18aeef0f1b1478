import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/contracts/api/document.ts'
import { newOwner } from '../owner.ts'
import { type Site, openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed, send } from './api-calls.ts'

const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** A PDF without a table of its objects, as broken writers make it: readers find them all the same. */
function pdf(link: string): string {
  const text = 'BT /F 12 Tf 1 0 0 1 40 200 Tm (Read the annual report) Tj ET'
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> /Annots [6 0 R] >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Type /Annot /Subtype /Link /Rect [40 195 300 215] /A << /S /URI /URI (${link}) >> >>`,
    '<< /Title (The plan) /Author (Ada) >>',
  ]
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')
  return `%PDF-1.4\n${body}trailer\n<< /Root 1 0 R /Info 7 0 R >>\n%%EOF\n`
}

function docx(link: string): Uint8Array {
  const relationship = `<Relationship Id="rId1" Type="x/hyperlink" Target="${link}" TargetMode="External"/>`
  const linked = '<w:hyperlink r:id="rId1"><w:r><w:t>the minutes</w:t></w:r></w:hyperlink>'
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/_rels/document.xml.rels': strToU8(`<Relationships>${relationship}</Relationships>`),
    'word/document.xml': strToU8(`<w:document><w:body><w:p>${linked}</w:p></w:body></w:document>`),
  })
}

const page = (words: string): string => `<title>${words}</title><main><p>${words}</p></main>`
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

async function openLibrary(): Promise<Site> {
  const site = await openSite({})
  const feed = `<rss version="2.0"><channel><title>News</title><item><title>One</title><link>/from-feed</link></item></channel></rss>`
  await site.setRoutes({
    '/': `<title>Library</title><main><a href="/plan.pdf">plan</a> <a href="/minutes.docx">minutes</a> <a href="/unlabelled">more</a>
      <a href="/feed">feed</a> <a href="/firmware">firmware</a> <a href="/spider.gif">spider</a></main>`,
    '/plan.pdf': { headers: { 'content-type': 'application/pdf' }, body: pdf(`${site.origin}/from-pdf`) },
    '/minutes.docx': { headers: { 'content-type': DOCX_TYPE }, bodyBase64: base64(docx(`${site.origin}/from-docx`)) },
    '/unlabelled': {
      headers: { 'content-type': 'application/octet-stream' },
      bodyBase64: base64(docx(`${site.origin}/from-unlabelled`)),
    },
    '/firmware': { headers: { 'content-type': 'application/octet-stream' }, body: 'MZ and so on' },
    '/spider.gif': { headers: { 'content-type': 'image/gif' }, body: 'GIF89a\u0010\0\u0009\0' },
    '/feed': { headers: { 'content-type': 'application/rss+xml' }, body: feed },
    '/from-pdf': page('Found in the PDF'),
    '/from-docx': page('Found in the minutes'),
    '/from-unlabelled': page('Found in what nobody labelled'),
    '/from-feed': page('Found in the feed'),
  })
  return site
}

// Vite hands over PDF.js, all of its megabytes, with the first document that is read.
describe('documents that pages link to', { timeout: 60_000 }, () => {
  it('can be scraped alone', async () => {
    const site = await openLibrary()
    const key = await newOwner()
    const { data } = await call<{ data: Document }>(key, '/v1/scrape', {
      url: `${site.origin}/plan.pdf`,
      formats: ['markdown', 'links', 'text'],
    })
    expect(data).toMatchObject({ title: 'The plan', text: 'Read the annual report', wordCount: 4 })
    expect(data.links).toEqual([{ url: `${site.origin}/from-pdf`, text: 'Read the annual report' }])
  })

  it('are Documents of the crawl with Markdown, and their links are followed', async () => {
    const site = await openLibrary()
    const key = await newOwner()
    const scrapeOptions = { formats: ['markdown', 'rawHtml'] }
    const options = { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0, scrapeOptions }
    const { id } = await call<Crawl>(key, '/v1/crawls', options)
    expect((await completed(key, id)).counts).toMatchObject({ fetched: 9, failed: 0, skipped: 2 })
    const { data } = await call<{ data: Document[] }>(key, `/v1/crawls/${id}/pages`)
    const read = (path: string) => data.find(({ url }) => url === site.origin + path)
    expect(read('/plan.pdf')).toMatchObject({
      title: 'The plan',
      author: 'Ada',
      contentType: 'application/pdf',
      markdown: `<!-- page 1 -->\n\n[Read the annual report](${site.origin}/from-pdf)\n`,
      rawHtml: '',
      warnings: [],
    })
    expect(read('/minutes.docx')?.markdown).toBe(`[the minutes](${site.origin}/from-docx)\n`)
    expect(read('/feed')?.markdown).toContain(`## [One](${site.origin}/from-feed)`)
    for (const path of ['/from-pdf', '/from-docx', '/from-unlabelled', '/from-feed'])
      expect(read(path)?.markdown).toContain('Found in')
    const urls = await call<{ data: { url: string; reason?: string }[] }>(key, `/v1/crawls/${id}/urls?state=skipped`)
    const skipped = ['/firmware', '/spider.gif'].map((path) => ({ url: site.origin + path, reason: 'content_type' }))
    expect(urls.data.map(({ url, reason }) => ({ url, reason }))).toEqual(expect.arrayContaining(skipped))
  })

  it('are images, too, where they are asked for themselves', async () => {
    const site = await openLibrary()
    const url = `${site.origin}/spider.gif`
    const formats = ['markdown', 'metadata', 'images', 'rawHtml', 'tables']
    const { data } = await call<{ data: Document }>(await newOwner(), '/v1/scrape', { url, formats })
    expect(data).toMatchObject({
      contentType: 'image/gif',
      title: null,
      markdown: `![](<${url}>)\n`,
      images: [{ url, alt: '' }],
      metadata: { image: { type: 'image/gif', width: 16, height: 9 } },
      rawHtml: '',
      tables: [],
      warnings: [],
    })
  })

  it.each([
    ['/firmware', /no document/],
    ['/broken', /Declared as application\/pdf/],
    ['/page.png', /Declared as image\/png/],
  ])('%s is refused by its bytes', async (path, detail) => {
    const site = await openLibrary()
    const types: Readonly<Record<string, string>> = { '/broken': 'application/pdf', '/page.png': 'image/png' }
    const headers = { 'content-type': types[path] ?? 'application/zip' }
    await site.setRoutes({ [path]: { headers, bodyBase64: base64(new Uint8Array(3_000)) } })
    const response = await send(await newOwner(), '/v1/scrape', { url: site.origin + path })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      code: 'unsupported_content_type',
      detail: expect.stringMatching(detail) as string,
    })
  })
})
