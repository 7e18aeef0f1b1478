// A React application with routes of its own, crawled as a shell of scripts and as the pages that its server would write.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { LaunchedPlatform } from './launched-platform.ts'
import { type TwinSites, startTwinSites } from './twin-sites.ts'

interface Page {
  url: string
  title: string
  markdown: string
  links: { url: string; text: string }[]
  rendered: boolean
  renderReason?: string
}

const platform = new LaunchedPlatform()
let sites: TwinSites

beforeAll(async () => {
  sites = await startTwinSites()
  await platform.start()
})

afterAll(async () => {
  await platform.dispose()
  sites.close()
})

async function crawl(origin: string, more: { render?: 'never' } = {}): Promise<Page[]> {
  const order = { url: `${origin}/`, scrapeOptions: { formats: ['markdown', 'links'], ...more } }
  const { id } = await platform.json<{ id: string }>('POST', '/v1/crawls', order)
  await platform.crawlToEnd(id, 100_000)
  return platform.all<Page>(`/v1/crawls/${id}/pages`)
}

/** What was read, by path, as if it had come from nowhere in particular. */
function content(pages: readonly Page[], origin: string): Map<string, unknown> {
  const read = pages.map(({ url, title, markdown, links }): [string, unknown] => [
    url.replace(origin, ''),
    { title, markdown: markdown.replaceAll(origin, ''), links: links.map((each) => each.url.replace(origin, '')) },
  ])
  return new Map(read.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

it('a single-page application is crawled completely, and says what its server-rendered twin says', async () => {
  const [app, twin] = await Promise.all([crawl(sites.singlePage), crawl(sites.serverRendered)])
  expect(twin).toHaveLength(8)
  expect(content(app, sites.singlePage)).toEqual(content(twin, sites.serverRendered))
  expect(new Set(app.map(({ renderReason }) => renderReason))).toEqual(new Set(['empty_shell']))
})

it('without a browser there is nothing in it', async () => {
  expect(await crawl(sites.singlePage, { render: 'never' })).toMatchObject([{ links: [], rendered: false }])
})
