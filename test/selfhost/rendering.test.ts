import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LaunchedPlatform } from './launched-platform.ts'
import { type ScriptSite, type Place, breakout, startPlace, startScriptSite } from './script-site.ts'

interface Scraped {
  code?: string
  detail?: string
  data?: {
    finalUrl: string
    rendered: boolean
    renderReason?: string
    dataIsland?: string
    redirects: string[]
    title: string
    markdown: string
    links?: { url: string }[]
    metadata?: { rendering: { consoleErrors: string[]; failedRequests: { url: string; reason: string }[] } }
    warnings: { code: string; detail: string }[]
  }
}

let site: ScriptSite
let secret: Place
/** What a page may reach: there its tries succeed. */
let open: Place
let platform: LaunchedPlatform

beforeAll(async () => {
  secret = await startPlace('127.0.0.1', 'secret')
  open = await startPlace('127.0.0.2', 'open')
  // On an address that may be reached; what it points to is on one that may not.
  site = await startScriptSite('127.0.0.2', { '/breakout': breakout(secret.port, `127.0.0.2:${open.port}`) })
  platform = new LaunchedPlatform({ LAPIS_ALLOW_PRIVATE_NETWORKS: '127.0.0.2/32', LAPIS_RENDER_MEMORY_MB: '700' })
  await platform.start()
})

afterAll(async () => {
  await platform.dispose()
  site.close()
  secret.close()
  open.close()
})

function scrape(path: string, more: Record<string, unknown> = { render: 'always' }): Promise<Scraped> {
  return platform.json<Scraped>('POST', '/v1/scrape', { url: `${site.url}${path}`, ...more })
}

/** Processes of browsers that this platform has started, by their profiles. */
function browsers(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return command.includes(platform.dataDirectory) && command.includes('--user-data-dir') ? [command] : []
      } catch {
        return []
      }
    })
}

describe('a page that scripts write', () => {
  it('is read as they have written it, and its own document is asked for once', async () => {
    const { data } = await scrape('/app', { render: 'always', formats: ['markdown', 'links', 'metadata'] })
    expect(data).toMatchObject({ rendered: true, renderReason: 'requested', title: 'App' })
    expect(data?.markdown).toContain('# From the API')
    expect(data?.markdown).not.toContain('enable JavaScript')
    expect(data?.links).toMatchObject([{ url: `${site.url}/app/second` }])
    expect(site.asked.filter((path) => path === '/app')).toHaveLength(1)
    expect(site.headers.get('/api')).toMatchObject({ cookie: 'session=from-the-site' })
    expect(site.headers.get('/api')?.['user-agent']).toMatch(/^LapisSpider/)
    expect(data?.metadata?.rendering).toMatchObject({
      consoleErrors: expect.arrayContaining(['something is wrong']) as string[],
      failedRequests: [{ url: `${site.url}/gone`, reason: 'HTTP 404' }],
    })
  })

  it('is rendered without being asked for where what was fetched is an empty shell', async () => {
    const { data } = await scrape('/app/second', {})
    expect(data).toMatchObject({ rendered: true, renderReason: 'empty_shell', warnings: [] })
    expect(data?.markdown).toContain('# Second')
  })

  it('is read from the data that it carries for its scripts, where nothing else is asked of it', async () => {
    const { data } = await scrape('/island', {})
    expect(data).toMatchObject({ rendered: false, dataIsland: 'next', warnings: [], title: 'App' })
    expect(data?.markdown).toMatch(/^# App\s+Words that only/)
    const linked = await scrape('/island', { formats: ['links'] })
    expect(linked.data).toMatchObject({ rendered: true, renderReason: 'empty_shell' })
  })

  it.each([
    ['where the content is there already', '/static', {}],
    ['where the caller says never', '/app/second', { render: 'never' }],
  ])('is not rendered %s', async (_, path, more) => {
    expect((await scrape(path, more)).data).toMatchObject({ rendered: false })
  })

  it('shows shadow trees, slots and frames of its origin', async () => {
    const { data } = await scrape('/shadow', { render: 'always', onlyMainContent: false })
    expect(data?.markdown).toMatch(/shadow words\s+\**slotted words/)
    expect(data?.markdown).toContain('framed words')
  })

  it('that leaves by script is followed like a redirect', async () => {
    const { data } = await scrape('/leaves')
    expect(data).toMatchObject({ finalUrl: `${site.url}/app/second`, redirects: [`${site.url}/leaves`] })
  })

  it('that leaves for a private address gets nowhere', async () => {
    expect(await scrape('/to-private')).toMatchObject({ code: 'address_not_allowed' })
  })

  it('gets its pictures replaced, and neither films nor fonts', async () => {
    expect((await scrape('/pictures')).data?.rendered).toBe(true)
    expect(site.asked.filter((path) => /picture\.png|film|font/.test(path))).toEqual([])
  })
})

describe('a crawl', () => {
  it('follows the links that only scripts make, and tells pages of equal bytes apart', async () => {
    const { id } = await platform.json<{ id: string }>('POST', '/v1/crawls', { url: `${site.url}/app` })
    const crawl = await platform.crawlToEnd(id, 60_000)
    expect(crawl).toMatchObject({ status: 'completed', counts: { fetched: 2 } })
    const pages = await platform.all<{ rendered: boolean; markdown: string }>(`/v1/crawls/${id}/pages`)
    expect(pages.map(({ rendered, markdown }) => [rendered, /# (.*)/.exec(markdown)?.[1]])).toEqual([
      [true, 'From the API'],
      [true, 'Second'],
    ])
  })
})

/** Minutes of browsers at work: asked for by LAPIS_LONG_TESTS=1, before a release and after a change of the renderer. */
const LONG = process.env['LAPIS_LONG_TESTS'] === '1'

describe('hostile pages', () => {
  it.each([
    ['tries every way to loopback and to metadata', '/breakout', /\d+ ways, read: \W+open(?:, open)*\]/],
    ['opens dialogs', '/dialogs', /After dialogs/],
  ])('one that %s is read all the same', readAllTheSame)

  it.runIf(LONG).each([
    ['asks for permissions, windows and paper', '/prompts', /After prompts/],
    ['downloads', '/downloads', /After download/],
    ['never stops asking', '/polls', /Polling/],
    ['loads itself again and again', '/refreshes', /Refreshed/],
    ['recurses', '/recursion', /Deep/],
  ])('one that %s is read all the same', readAllTheSame)

  it.each([
    ['never yields', '/busy', /^unresponsive/, { timeout: 4_000 }],
    ['never shows what is waited for', '/app/second', /^selector_missing/, { timeout: 4_000, waitFor: '#never' }],
  ])('one that %s fails with a reason, and the next one succeeds', failsWithReason)

  it.runIf(LONG).each([
    // Waiting for what never comes, so that it is the memory that ends them, on a slow machine too.
    ['fills its heap', '/bomb', /^(memory_limit|tab_crashed)/, { waitFor: '#never' }],
    ['fills the memory beside its heap', '/buffers', /^(memory_limit|tab_crashed)/, { waitFor: '#never' }],
    ['writes more than maxBytes', '/huge', /^too_large/, { maxBytes: 1_000_000 }],
    ['replaces itself by nothing', '/blank', /^not_loaded/, { timeout: 4_000 }],
  ])('one that %s fails with a reason, and the next one succeeds', failsWithReason)

  it('have reached nothing by any protocol', () => {
    expect(secret.reached).toEqual([])
    expect(open.reached.length).toBeGreaterThan(5)
  })

  it('leave no browser behind but a spare, and that one goes with the platform', async () => {
    const profiles = () =>
      new Set(readdirSync(join(platform.dataDirectory, 'renderer')).filter((name) => name.startsWith('profile-')))
    expect(profiles().size).toBeLessThanOrEqual(1)
    await platform.stop()
    expect(browsers()).toEqual([])
    expect(profiles().size).toBe(0)
  })
})

describe('without a Chromium', () => {
  const none = { LAPIS_CHROMIUM: '/nowhere/chromium' }

  it('`auto` reads pages as they are fetched and says so; `always` says what to install', async () => {
    await platform.start(none)
    const { data } = await scrape('/app/second', {})
    expect(data).toMatchObject({
      rendered: false,
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'not_rendered' })]) as unknown[],
    })
    const refused = await scrape('/app/second')
    expect(refused).toMatchObject({
      code: 'render_failed',
      detail: expect.stringContaining('Install Chromium') as string,
    })
    expect(platform.output.match(/No Chromium was found/g)).toHaveLength(1)
  })
})

async function readAllTheSame(_: string, path: string, shows: RegExp): Promise<void> {
  const answer = await scrape(path, {
    render: 'always',
    ...(path === '/breakout' ? { waitFor: 'h1', timeout: 60_000 } : { timeout: 5_000 }),
  })
  expect(answer.data?.markdown, JSON.stringify(answer)).toMatch(shows)
}

async function failsWithReason(_: string, path: string, detail: RegExp, wishes: object): Promise<void> {
  const answer = await scrape(path, { render: 'always', ...wishes })
  expect(answer).toMatchObject({ code: 'render_failed', detail: expect.stringMatching(detail) as string })
  expect((await scrape('/app/second')).data?.rendered).toBe(true)
}
