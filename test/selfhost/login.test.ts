import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { type MembersSite, membersSite } from '../fixtures/sites/members-site.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const PAGES = 40
const CRAWL_MS = 60_000
const PASSWORD = 'correct-horse-battery-staple-9'

let platform: LaunchedPlatform
let site: MembersSite

beforeAll(async () => {
  platform = new LaunchedPlatform()
  await platform.start()
})
afterAll(() => platform.dispose())

beforeEach(async () => {
  site = await membersSite({ pages: PAGES, password: PASSWORD })
})
afterEach(() => site.close())

function form(password: string, more: object = {}) {
  return { type: 'form', url: `${site.url}login`, fields: { user: 'ada', pass: password }, ...more }
}

function crawl(auth: object, more: object = {}): Promise<CrawlView> {
  const order = { url: site.url, sitemap: 'skip', scrapeOptions: { auth }, ...more }
  return platform.json<CrawlView>('POST', '/v1/crawls', order)
}

async function pathsOf(id: string): Promise<string[]> {
  const pages = await platform.all<{ url: string }>(`/v1/crawls/${id}/pages`)
  return pages.map(({ url }) => new URL(url).pathname).toSorted()
}

describe('a crawl of a site with a login form', () => {
  it('logs in once, with the CSRF token of the form, sees all that members see, and does not log out', async () => {
    const { id } = await crawl(form(PASSWORD, { successSelector: 'a[href="/logout"]' }))
    const end = await platform.crawlToEnd(id, CRAWL_MS)
    expect(end).toMatchObject({ status: 'completed', counts: { fetched: PAGES, failed: 0 } })
    expect(await pathsOf(id)).toEqual(site.paths.toSorted())
    expect(site.logins()).toBe(1)
    const urls = await platform.all<{ url: string; reason?: string }>(`/v1/crawls/${id}/urls?state=skipped`)
    expect(urls).toMatchObject([{ url: `${site.url}logout`, reason: 'logout' }])
  })

  it('notices that its session was ended, and logs in again', async () => {
    const { id } = await crawl(form(PASSWORD), { delayMs: 40 })
    await platform.until(id, ({ counts }) => counts.fetched >= 5, CRAWL_MS)
    site.endSessions()
    const end = await platform.crawlToEnd(id, CRAWL_MS)
    expect(end).toMatchObject({ status: 'completed', counts: { fetched: PAGES, failed: 0 } })
    expect(site.logins()).toBe(2)
  })

  it('goes on with its session after kill -9 of workerd', async () => {
    const { id } = await crawl(form(PASSWORD), { delayMs: 40 })
    await platform.until(id, ({ counts }) => counts.fetched >= 5, CRAWL_MS)
    platform.killWorkerd()
    await platformAnswers()
    const end = await platform.crawlToEnd(id, CRAWL_MS)
    expect(end).toMatchObject({ status: 'completed', counts: { fetched: PAGES, failed: 0 } })
    expect(site.logins()).toBe(1)
  })

  it('fails at once, with the reason, when the site does not take the password', async () => {
    const { id } = await crawl(form('wrong'))
    const end = await platform.crawlToEnd(id, CRAWL_MS)
    expect(end).toMatchObject({ status: 'failed', error: { code: 'login_failed' } })
    expect(end.error?.detail).toContain('password again')
  })

  it('says so when the page has no such form', async () => {
    const { id } = await crawl({ ...form(PASSWORD), fields: { email: 'ada' } })
    const end = await platform.crawlToEnd(id, CRAWL_MS)
    expect(end.error?.detail).toContain('no form with the fields email')
  })
})

describe('a scrape behind a login', () => {
  it('logs in and reads the page', async () => {
    const url = `${site.url}member/7`
    const { data } = await platform.json<{ data: { markdown: string } }>('POST', '/v1/scrape', {
      url,
      auth: form(PASSWORD),
    })
    expect(data.markdown).toContain('Member page 7')
  })

  it('answers 422 login_failed when that does not work', async () => {
    const response = await platform.call('POST', '/v1/scrape', { url: site.url, auth: form('wrong') })
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ code: 'login_failed' })
  })
})

it('leaves no trace of a password anywhere: not in an answer, not in a file, not in the archive, not in the log', async () => {
  const { id } = await crawl(form(PASSWORD))
  await platform.crawlToEnd(id, CRAWL_MS)
  const shown = await (await platform.call('GET', `/v1/crawls/${id}`)).text()
  expect(shown).toContain('[redacted]')
  expect(shown).not.toContain(PASSWORD)
  const warc = Buffer.from(await (await platform.call('GET', `/v1/crawls/${id}/export?format=warc`)).arrayBuffer())
  expect(gunzipSync(warc).toString('latin1')).not.toMatch(/set-cookie|sid=/i)
  expect(filesWith(platform.dataDirectory, `${site.url}login`)).not.toEqual([])
  expect(filesWith(platform.dataDirectory, PASSWORD)).toEqual([])
  expect(platform.output).not.toContain(PASSWORD)
})

function filesWith(directory: string, word: string): string[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => readFileSync(path).includes(word))
}

async function platformAnswers(): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(`${platform.url}/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true)
}
