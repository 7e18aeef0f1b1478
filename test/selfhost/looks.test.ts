import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LaunchedPlatform } from './launched-platform.ts'
import { Png } from './png.ts'
import { type ScriptSite, startScriptSite } from './script-site.ts'

const GREEN = [0, 128, 0]
const RED = [255, 0, 0]

/** What a browser shows of a page: pictures of it, and what can be done to it. */
const PAGES = {
  '/look': `<!doctype html><title>Look</title><style>body { margin: 0 } div { height: 3000px } img { display: block }</style>
<img src="/red.png" width="100" height="100"><p id="box" style="width: 200px; height: 50px; background: green; margin: 0 0 0 40px"></p>
<div></div><img loading="lazy" src="/red.png?low" width="100" height="100">`,
  '/tall': '<!doctype html><title>Tall</title><div style="height: 40000px; margin: -8px">All the way down</div>',
}

interface Scraped {
  code?: string
  detail?: string
  data?: { screenshotUrl?: string; markdown?: string; warnings: { code: string; detail: string }[] }
}

let site: ScriptSite
let platform: LaunchedPlatform

beforeAll(async () => {
  site = await startScriptSite('127.0.0.1', PAGES)
  platform = new LaunchedPlatform()
  await platform.start()
})

afterAll(async () => {
  await platform.dispose()
  site.close()
})

function scrape(path: string, more: Record<string, unknown>): Promise<Scraped> {
  return platform.json<Scraped>('POST', '/v1/scrape', { url: `${site.url}${path}`, ...more })
}

async function picture({ data, detail }: Scraped): Promise<{ type: string; bytes: Buffer }> {
  expect(data?.screenshotUrl, detail).toMatch(/\/v1\/captures\/[0-9a-f-]{36}$/)
  const response = await platform.call('GET', new URL(data?.screenshotUrl ?? '').pathname)
  expect(response.status).toBe(200)
  return { type: response.headers.get('content-type') ?? '', bytes: Buffer.from(await response.arrayBuffer()) }
}

async function png(path: string, more: Record<string, unknown> = {}): Promise<Png> {
  const format = { type: 'screenshot', ...more }
  return new Png((await picture(await scrape(path, { formats: [format] }))).bytes)
}

describe('a screenshot', () => {
  it('shows the window, with its pictures', async () => {
    const scraped = await scrape('/look', { formats: ['markdown', 'screenshot'] })
    const { type, bytes } = await picture(scraped)
    expect(type).toBe('image/png')
    const shown = new Png(bytes)
    expect([shown.width, shown.height]).toEqual([1_280, 1_024])
    expect([shown.at(50, 50), shown.at(50, 120)]).toEqual([RED, GREEN])
    expect(scraped.data?.markdown).toBeDefined()
  })

  it('shows the whole page, down to what is loaded only when it is seen', async () => {
    const shown = await png('/look', { fullPage: true, width: 400 })
    expect([shown.width, shown.height]).toEqual([400, 3_250])
    expect(shown.at(50, 3_200)).toEqual(RED)
  })

  it('shows one element, as the picture that was wished for', async () => {
    const shown = await png('/look', { selector: '#box' })
    expect([shown.width, shown.height, shown.at(0, 0), shown.at(199, 49)]).toEqual([200, 50, GREEN, GREEN])
    const format = { type: 'screenshot', selector: '#box', format: 'webp', quality: 50 }
    const { type, bytes } = await picture(await scrape('/look', { formats: [format] }))
    expect([type, bytes.toString('latin1', 8, 12)]).toEqual(['image/webp', 'WEBP'])
  })

  it('that can not show all says so', async () => {
    const format = { type: 'screenshot', fullPage: true, width: 200, format: 'jpeg' }
    const { data } = await scrape('/tall', { formats: [format] })
    const cut = data?.warnings.find(({ code }) => code === 'screenshot_cut')
    expect(cut?.detail).toContain('200 x 16000 pixels of 200 x 400')
  })

  it('of what is not there fails with a reason', async () => {
    for (const selector of ['#nobody', '))'])
      expect(await scrape('/look', { formats: [{ type: 'screenshot', selector }] })).toMatchObject({
        code: 'render_failed',
        detail: expect.stringMatching(/^selector_missing/) as string,
      })
  })

  it('is taken of each page of a crawl, and goes with the crawl', async () => {
    const scrapeOptions = { formats: ['markdown', 'screenshot'] }
    const { id } = await platform.json<{ id: string }>('POST', '/v1/crawls', { url: `${site.url}/app`, scrapeOptions })
    await platform.crawlToEnd(id, 60_000)
    const pages = await platform.all<NonNullable<Scraped['data']>>(`/v1/crawls/${id}/pages`)
    expect(pages).toHaveLength(2)
    for (const data of pages) expect((await picture({ data })).bytes.length).toBeGreaterThan(1_000)
    await platform.call('DELETE', `/v1/crawls/${id}`)
    const gone = await platform.call('GET', new URL(pages[0]?.screenshotUrl ?? '').pathname)
    expect(gone.status).toBe(404)
  })
})
