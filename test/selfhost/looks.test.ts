import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LaunchedPlatform } from './launched-platform.ts'
import { Png } from './png.ts'
import { type ScriptSite, startScriptSite } from './script-site.ts'

/** A browser's minutes: asked for by LAPIS_LONG_TESTS=1, before a release and after a change of rendering. */
const LONG = process.env['LAPIS_LONG_TESTS'] === '1'

const GREEN = [0, 128, 0]
const RED = [255, 0, 0]

const SHOP = `<!doctype html><title>Shop</title><body><form action="/found"><input name="q" value="old words"></form>
<button onclick="log.textContent += ' clicked'">Click</button><p id="log" tabindex="0" onkeydown="log.textContent += ' ' + event.key">Log:</p>
<a id="hidden" href="/hidden">Hidden</a> <a id="inside" href="http://10.0.0.1/">Inside</a> <a id="window" href="/found?q=window" target="_blank">Window</a>
<script>setTimeout(() => { const late = document.createElement('b'); late.id = 'late'; late.textContent = 'late'; document.body.append(late) }, 900)
addEventListener('scroll', () => { log.textContent += ' scrolled' }, { once: true })</script><div style="height: 4000px"></div>`

/** Shows forty parts, ten at a time: at its end after a moment's thought, or for a click. The second click would leave for another page. */
const FEED = `<!doctype html><title>Feed</title><main id="feed"></main><a id="more" href="/found?q=lapis">More</a><p id="end">End</p><script>
let shown = 0
const show = () => { for (const last = Math.min(40, shown + 10); shown < last;) { const part = document.createElement('section')
  part.style.height = '300px'; part.textContent = 'Part ' + ++shown + '.'; feed.append(part) } }
show()
if (location.search === '?click') more.onclick = (event) => { if (shown < 30) event.preventDefault(); show() }
else new IntersectionObserver(([end]) => { if (end.isIntersecting) setTimeout(show, 300) }).observe(document.querySelector('#end'))
</script>`

const BANNER = `<!doctype html><title>Banner</title><body style="overflow: hidden"><p>What the page says.</p>
<div style="position: fixed; inset: 0; background: green"></div>
<div id="CybotCookiebotDialog" style="position: fixed; bottom: 0"><button id="CybotCookiebotDialogBodyButtonDecline" onclick="parentNode.remove(); answer.textContent = 'declined'">No</button></div>
<header style="position: sticky; top: 0"><a href="/tall">Cookies and cakes</a></header>
<aside style="position: fixed; top: 0"><p>We use cookies.</p><button>Fine</button></aside><p id="answer"></p>`

const VISITOR = `<!doctype html><title>Visitor</title><meta name="viewport" content="width=device-width"><p id="seen"></p><script>seen.textContent = [navigator.userAgent, navigator.language,
  new Intl.DateTimeFormat().resolvedOptions().timeZone, innerWidth, devicePixelRatio, navigator.maxTouchPoints > 0,
  (1234.5).toLocaleString(), navigator.userAgentData?.mobile].join(' | ')</script>`

/** What a browser shows of a page: pictures of it, and what can be done to it. */
const PAGES = {
  '/look': `<!doctype html><title>Look</title><style>body { margin: 0 } div { height: 3000px } img { display: block }</style>
<img src="/red.png" width="100" height="100"><p id="box" style="width: 200px; height: 50px; background: green; margin: 0 0 0 40px"></p>
<div></div><img loading="lazy" src="/red.png?low" width="100" height="100">`,
  '/feed': FEED,
  '/feed?click': FEED,
  '/banner': BANNER,
  '/visitor': VISITOR,
  '/robots.txt': 'User-agent: *\nDisallow: /hidden\n',
  '/shop': SHOP,
  '/hidden': 'Nobody may see this.',
  '/found?q=lapis': '<!doctype html><title>Found</title><p>Found what was looked for.</p>',
  '/found?q=window': '<!doctype html><title>Window</title><p>Opened here.</p>',
  '/tall': '<!doctype html><title>Tall</title><div style="height: 40000px; margin: -8px">All the way down</div>',
}

interface Scraped {
  code?: string
  detail?: string
  data?: {
    finalUrl: string
    screenshotUrl?: string
    pdfUrl?: string
    actions?: { screenshots: { index: number; url: string }[]; evaluations: { index: number; value: unknown }[] }
    markdown?: string
    text?: string
    redirects: string[]
    warnings: { code: string; detail: string }[]
  }
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
  expect(data?.screenshotUrl, detail).toBeDefined()
  return pictureAt(data?.screenshotUrl)
}

async function pictureAt(url = ''): Promise<{ type: string; bytes: Buffer }> {
  expect(url).toMatch(/\/v1\/captures\/[0-9a-f-]{36}$/)
  const response = await platform.call('GET', new URL(url).pathname)
  expect(response.status).toBe(200)
  return { type: response.headers.get('content-type') ?? '', bytes: Buffer.from(await response.arrayBuffer()) }
}

async function png(path: string, more: Record<string, unknown> = {}): Promise<Png> {
  const format = { type: 'screenshot', ...more }
  return new Png((await picture(await scrape(path, { formats: [format] }))).bytes)
}

describe.concurrent('a screenshot', () => {
  it('shows the window, with its pictures, and a PDF shows the page on paper', async () => {
    const scraped = await scrape('/look', { formats: ['markdown', 'screenshot', { type: 'pdf', landscape: true }] })
    const { type, bytes } = await picture(scraped)
    expect(type).toBe('image/png')
    const shown = new Png(bytes)
    expect([shown.width, shown.height]).toEqual([1_280, 1_024])
    expect([shown.at(50, 50), shown.at(50, 120)]).toEqual([RED, GREEN])
    expect(scraped.data?.markdown).toBeDefined()
    const pdf = await pictureAt(scraped.data?.pdfUrl)
    expect([pdf.type, pdf.bytes.toString('latin1', 0, 5)]).toEqual(['application/pdf', '%PDF-'])
    expect(pdf.bytes.toString('latin1')).toMatch(/\/MediaBox \[0 0 84[12]\S* 59[56]/)
  })

  it('shows the whole page, down to what is loaded only when it is seen', async () => {
    const shown = await png('/look', { fullPage: true, width: 400 })
    expect([shown.width, shown.height]).toEqual([400, 3_250])
    expect(shown.at(50, 3_200)).toEqual(RED)
  })

  it('shows one element', async () => {
    const shown = await png('/look', { selector: '#box' })
    expect([shown.width, shown.height, shown.at(0, 0), shown.at(199, 49)]).toEqual([200, 50, GREEN, GREEN])
  })

  it.runIf(LONG)('that can not show all says so', async () => {
    const format = { type: 'screenshot', fullPage: true, width: 200, format: 'jpeg' }
    const { data } = await scrape('/tall', { formats: [format] })
    const cut = data?.warnings.find(({ code }) => code === 'screenshot_cut')
    expect(cut?.detail).toContain('200 x 16000 pixels of 200 x 400')
  })

  it('of what is not there fails with a reason', async () => {
    expect(await scrape('/look', { formats: [{ type: 'screenshot', selector: '#not-there' }] })).toMatchObject({
      code: 'render_failed',
      detail: expect.stringMatching(/^selector_missing/) as string,
    })
  })

  it('is taken of each page of a crawl, and goes with the crawl', async () => {
    const actions = [{ type: 'evaluate', script: 'location.pathname' }]
    const scrapeOptions = { formats: ['markdown', 'screenshot'], actions }
    const { id } = await platform.json<{ id: string }>('POST', '/v1/crawls', { url: `${site.url}/app`, scrapeOptions })
    await platform.crawlToEnd(id, 60_000)
    const pages = await platform.all<NonNullable<Scraped['data']>>(`/v1/crawls/${id}/pages`)
    expect(pages).toHaveLength(2)
    expect(pages.map(({ actions: done }) => done?.evaluations)).toEqual([
      [{ index: 0, value: '/app' }],
      [{ index: 0, value: '/app/second' }],
    ])
    for (const data of pages) expect((await picture({ data })).bytes.length).toBeGreaterThan(1_000)
    await platform.call('DELETE', `/v1/crawls/${id}`)
    const gone = await platform.call('GET', new URL(pages[0]?.screenshotUrl ?? '').pathname)
    expect(gone.status).toBe(404)
  })
})

describe.concurrent('actions', () => {
  const act = (...actions: object[]) => scrape('/shop', { actions, onlyMainContent: false })

  it('are done in order, and what they find out is told', async () => {
    const { data, detail } = await act(
      { type: 'wait', selector: '#late' },
      { type: 'click', selector: 'button' },
      { type: 'press', key: 'Tab' },
      { type: 'press', key: 'Shift+B' },
      { type: 'scroll', pixels: 300 },
      { type: 'wait', milliseconds: 200 },
      { type: 'screenshot', selector: 'button', format: 'webp', quality: 50 },
      { type: 'evaluate', script: 'const found = { y: scrollY }; Promise.resolve(found)' },
    )
    expect(data?.markdown, detail).toContain('Log: clicked Shift B scrolled')
    expect(data?.actions).toMatchObject({ evaluations: [{ index: 7, value: { y: 300 } }], screenshots: [{ index: 6 }] })
    const [shot] = data?.actions?.screenshots ?? []
    const { type, bytes } = await pictureAt(shot?.url)
    expect([type, bytes.toString('latin1', 8, 12)]).toEqual(['image/webp', 'WEBP'])
  })

  it('lead to another page by a form', async () => {
    const { data, detail } = await act(
      { type: 'type', selector: 'input', text: 'lapis', clear: true },
      { type: 'press', key: 'Enter' },
    )
    expect(data?.finalUrl, detail).toBe(`${site.url}/found?q=lapis`)
    expect(data?.markdown).toContain('Found what was looked for.')
  })

  it.runIf(LONG)('lead to another page by a link that wants a window', async () => {
    const { data, detail } = await act({ type: 'click', selector: '#window' })
    expect(data?.finalUrl, detail).toBe(`${site.url}/found?q=window`)
  })

  it.each([
    [
      'what robots.txt forbids',
      [{ type: 'click', selector: '#hidden' }],
      /actions\.0 \(click #hidden\): .*robots_disal/,
    ],
    ['a private address', [{ type: 'click', selector: '#inside' }], /actions\.0 .*address_not_allowed/],
  ])('end at %s', endsAt)

  it.runIf(LONG).each([
    ['a script that fails', [{ type: 'evaluate', script: 'nobody.is' }], /actions\.0 \(evaluate\): ReferenceError/],
    ['a result that is too long', [{ type: 'evaluate', script: '"x".repeat(1e6)' }], /1000002 characters/],
  ])('end at %s', endsAt)

  async function endsAt(_: string, actions: object[], detail: RegExp): Promise<void> {
    const answer = await scrape('/shop', { actions, timeout: 20_000 })
    expect(answer).toMatchObject({ code: 'render_failed', detail: expect.stringMatching(detail) as string })
    expect(site.asked).not.toContain('/hidden')
  }
})

describe.concurrent('a page', () => {
  it('looks as it does to a visitor with a telephone, a language and a timezone', async () => {
    const visitor = { mobile: true, locale: 'de-AT', timezone: 'Asia/Kolkata' }
    const { data, detail } = await scrape('/visitor', { ...visitor, formats: ['text', 'screenshot'] })
    expect(data?.text, detail).toMatch(
      /LapisSpider\/.* Mobile \| de-AT \| Asia\/(?:Kolkata|Calcutta) \| 412 \| 2 \| true \| 1\s?234,5 \| /,
    )
    expect(site.headers.get('/visitor')).toMatchObject({
      'user-agent': expect.stringMatching(/^LapisSpider.* Mobile$/) as string,
      'accept-language': 'de-AT,de;q=0.9,*;q=0.5',
      'sec-ch-ua-mobile': '?1',
    })
    const picture = new Png((await pictureAt(data?.screenshotUrl)).bytes)
    expect([picture.width, picture.height]).toEqual([824, 1830])
  })

  it('that shows more at its end is scrolled until it ends', async () => {
    const { data } = await scrape('/feed', { loadMore: {}, onlyMainContent: false })
    expect(data?.markdown).toContain('Part 40.')
    expect(data?.warnings).toEqual([])
  })

  it('that shows more for a click is clicked until it ends, and not left for where that leads', async () => {
    const { data } = await scrape('/feed?click', { loadMore: { selector: '#more' }, onlyMainContent: false })
    expect(data).toMatchObject({ finalUrl: `${site.url}/feed?click`, redirects: [], warnings: [] })
    expect(data?.markdown).toContain('Part 40.')
  })

  it.runIf(LONG)('that shows more for a click is clicked as often as is wished', async () => {
    const loadMore = { selector: '#more', times: 2 }
    const { data } = await scrape('/feed?click', { loadMore, onlyMainContent: false })
    expect(data?.warnings).toMatchObject([{ code: 'more_to_load' }])
    expect(data?.markdown).toMatch(/Part 30\.(?!.*Part 31\.)/s)
  })

  it('is freed of cookie banners: known ones answered, others hidden', async () => {
    const { data } = await scrape('/banner', { cookieBanners: 'reject', render: 'always', onlyMainContent: false })
    expect(data?.markdown).toMatch(/What the page says\.[^]+declined/)
    expect(data?.markdown).toContain('Cookies and cakes')
    expect(data?.markdown).not.toContain('We use cookies')
  })
})

it('an action that can not be done in time is told by its place', async () => {
  const press = { type: 'press', key: 'a' }
  const failure = async (action: object): Promise<Scraped> =>
    scrape('/shop', { actions: [press, action], timeout: 3_000 })
  const [missing, waiting] = await Promise.all([
    failure({ type: 'click', selector: '#no' }),
    failure({ type: 'wait', milliseconds: 9_000 }),
  ])
  expect(missing.detail).toMatch(/^action_failed: actions\.1 \(click #no\): nothing to be seen matched/)
  expect(waiting.detail).toMatch(/^action_failed: actions\.1 \(wait\): `timeout` leaves it \d+ ms/)
})

it.runIf(LONG)('a site that an action finds in need of rest gets it', async () => {
  const tired = await startScriptSite('127.0.0.2', { '/': '<!doctype html><title>Open</title><a href="/rest">In</a>' })
  const actions = [{ type: 'click', selector: 'a' }]
  const url = `${tired.url}/`
  const found = await platform.json<Scraped & { data: { status: number } }>('POST', '/v1/scrape', { url, actions })
  expect(found.data).toMatchObject({ status: 503, finalUrl: `${tired.url}/rest` })
  expect(await platform.json<Scraped>('POST', '/v1/scrape', { url, timeout: 2_000 })).toMatchObject({ code: 'timeout' })
  tired.close()
})
