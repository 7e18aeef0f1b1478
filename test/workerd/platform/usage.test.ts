import { describe, expect, it } from 'vitest'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed, send } from './api-calls.ts'

interface Day {
  date: string
  pages: number
  renders: number
  bytes: number
}

const PAGE = (links: string): string => `<title>Page</title><main><p>Some words to read.</p>${links}</main>`
const DAY_MS = 86_400_000

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
}

async function usage(key: string, search = ''): Promise<Day[]> {
  return (await call<{ data: Day[] }>(key, `/v1/usage${search}`)).data
}

async function crawled(key: string): Promise<string> {
  const site = await openSite({ '/': PAGE('<a href="/one">one</a>'), '/one': PAGE('<a href="/">home</a>') })
  const order = { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 }
  const { id } = await call<Crawl>(key, '/v1/crawls', order)
  await completed(key, id)
  return id
}

describe('GET /v1/usage', () => {
  it('has pages and stored bytes of each day in UTC, oldest first, also of days without any', async () => {
    const key = await newOwner()
    const id = await crawled(key)
    await query(
      `UPDATE usage_days SET day = day - 3 WHERE workspace_id = (SELECT workspace_id FROM crawls WHERE id = $1)`,
      [id],
    )
    const site = await openSite({ '/': PAGE('') })
    await call(key, '/v1/scrape', { url: `${site.origin}/` })
    const days = await usage(key, '?days=4')
    expect(days.map(({ date, pages }) => [date, pages])).toEqual([
      [daysAgo(3), 2],
      [daysAgo(2), 0],
      [daysAgo(1), 0],
      [daysAgo(0), 1],
    ])
    const [stored] = await query(
      'SELECT sum(response_length + conversion_length)::int AS bytes FROM pages WHERE crawl_id = $1',
      [id],
    )
    expect(days.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(stored?.['bytes'])
    expect(days[0]?.bytes).toBeGreaterThan(0)
    expect(await usage(key)).toHaveLength(30)
  })

  it("has nothing of another workspace's, nor of days before", async () => {
    const key = await newOwner()
    const id = await crawled(key)
    await query(
      `UPDATE usage_days SET day = day - 1 WHERE workspace_id = (SELECT workspace_id FROM crawls WHERE id = $1)`,
      [id],
    )
    expect((await usage(key, '?days=1')).map(({ pages }) => pages)).toEqual([0])
    for (const day of await usage(await newOwner())) expect(day).toMatchObject({ pages: 0, renders: 0, bytes: 0 })
  })

  it.each(['0', '91', 'x', '1.5'])('refuses %s days', async (days) => {
    expect((await send(await newOwner(), `/v1/usage?days=${days}`)).status).toBe(400)
  })
})
