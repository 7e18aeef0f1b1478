import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDemoSite } from '../../src/cli/demo/site.ts'
import { Chromium } from './chromium.ts'
import { LaunchedPlatform } from './launched-platform.ts'

const HOSTILE = `<!doctype html><title>&lt;img src=x onerror="pwned=1"&gt;</title>
<main><h1>Offer</h1><p>Written &lt;script&gt;pwned=2&lt;/script&gt; in the text, &lt;b id="theirs"&gt;as if it were ours&lt;/b&gt;.</p>
<p>The price is PRICE euros, and it has been so for a long time; whoever waits may see it change one day.</p></main>`

let platform: LaunchedPlatform
let demo: Awaited<ReturnType<typeof createDemoSite>>
let hostile: Server
let hostileUrl: string
let price = 10
let browser: Chromium

beforeAll(async () => {
  hostile = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(HOSTILE.replace('PRICE', String(price)))
  })
  await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve))
  hostileUrl = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}/`
  demo = await createDemoSite()
  platform = new LaunchedPlatform({ LAPIS_RENDER: 'off' })
  ;[browser] = await Promise.all([Chromium.start(), platform.start()])
})

afterAll(async () => {
  await browser.dispose()
  await platform.dispose()
  await demo.close()
  hostile.close()
})

/** As a browser sends a form; without a cookie it is a stranger's. */
function submit(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  const origin = platform.url
  const body = new URLSearchParams(fields)
  return fetch(`${platform.url}${path}`, { method: 'POST', redirect: 'manual', body, headers: { origin, ...headers } })
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .filter((cookie) => !cookie.endsWith('='))
    .join('; ')
}

async function person(): Promise<{ cookie: string; csrf: string }> {
  const email = `${crypto.randomUUID()}@example.com`
  const registered = await submit('/register', { email, password: 'correct horse battery staple' })
  expect([registered.status, registered.headers.get('location')]).toEqual([303, '/'])
  const cookie = cookieOf(registered)
  const html = await (await fetch(`${platform.url}/keys`, { headers: { cookie } })).text()
  return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '' }
}

async function errorCode(response: Response): Promise<[number, string]> {
  return [response.status, /<p class="quiet">(\w+), request/.exec(await response.text())?.[1] ?? '']
}

describe('in a browser, by keyboard alone', () => {
  it('somebody signs in, starts a crawl and sees it go on to its end', async () => {
    await browser.open(`${platform.url}/`)
    expect(await browser.read('location.pathname')).toBe('/login')
    await browser.type('[name=key]', platform.key)
    await browser.press('Enter')
    await browser.until('location.pathname === "/" && document.readyState === "complete"')

    await browser.press('Tab')
    expect(await browser.read('document.activeElement.textContent')).toBe('To the content')
    await browser.read('document.querySelector("nav a[href=\'/crawls\']").focus()')
    await browser.press('Enter')
    await browser.until('location.pathname === "/crawls" && document.readyState === "complete"')
    await browser.type('[name=url]', `${demo.url}/`)
    await browser.press('Enter')

    const fetched = 'Number(document.querySelector("[data-live=fetched]").textContent)'
    await browser.until(`document.querySelector('[data-events]') && ${fetched} > 0`)
    await browser.until('document.querySelector("[data-live=status]").textContent.trim() === "completed"')
    const [crawl] = (await platform.json<{ data: { counts: { fetched: number } }[] }>('GET', '/v1/crawls')).data
    expect(await browser.read(fetched)).toBe(crawl?.counts.fetched)
    expect(await browser.read('document.querySelectorAll("#urls tbody tr").length')).toBeGreaterThan(10)
  })

  it("a watched page's change is shown in its place, and nothing that a page says becomes a part of ours", async () => {
    await browser.open(`${platform.url}/monitors`)
    await browser.type('[name=url]', hostileUrl)
    await browser.press('Enter')
    await browser.until('/^.monitors.[^/]+$/.test(location.pathname)')
    const id = await browser.read<string>('location.pathname.split("/")[2]')
    const checksOf = async () =>
      (await platform.json<{ data: { verdict: string }[] }>('GET', `/v1/monitors/${id}/checks`)).data
    const checked = async (verdict: string) => {
      while (!(await checksOf()).some((check) => check.verdict === verdict)) {
        await browser.read(
          '[...document.querySelectorAll("form")].find((form) => form.action.endsWith("/check")).requestSubmit()',
        )
        await browser.until('document.readyState === "complete"')
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    await checked('baseline')
    price = 12
    await checked('changed')
    await browser.open(`${platform.url}/monitors/${id}`)
    const change = await browser.read<string>('document.querySelector("a[href^=\'/changes/\']").pathname')
    await browser.open(`${platform.url}${change}`)
    expect(await browser.read('document.querySelector(".diff del").innerText')).toContain('10')
    expect(await browser.read('document.querySelector(".diff ins").innerText')).toContain('12')
    expect(await browser.read('document.querySelector("#theirs")')).toBeNull()

    await browser.open(`${platform.url}/scrape`)
    await browser.type('[name=url]', hostileUrl)
    await browser.press('Enter')
    await browser.until('document.querySelector("section h2") !== null')
    expect(await browser.read('document.querySelector("section h2").textContent')).toContain('<img src=x')
    expect(await browser.read('document.querySelectorAll("main img, main script, #theirs").length')).toBe(0)
    expect(await browser.read('typeof pwned')).toBe('undefined')
  })

  it('no page has asked for anything that its policy forbids', () => {
    expect(browser.said).toEqual([])
  })
})

describe('a form', () => {
  it('of another site does nothing, with an account or with a key', async () => {
    const { cookie, csrf } = await person()
    const elsewhere = { origin: 'https://elsewhere.test' }
    expect(await errorCode(await submit('/keys', { name: 'theirs', csrf }, { cookie, ...elsewhere }))).toEqual([
      403,
      'csrf',
    ])
    expect(await errorCode(await submit('/login/key', { key: platform.key }, elsewhere))).toEqual([403, 'csrf'])
  })

  it('without the token of its session does nothing', async () => {
    const { cookie, csrf } = await person()
    expect(await errorCode(await submit('/keys', { name: 'mine' }, { cookie }))).toEqual([403, 'csrf'])
    const made = await submit('/keys', { name: 'mine', csrf }, { cookie })
    const key = /id="secret">(lps_\w+)</.exec(await made.text())?.[1] ?? ''
    expect((await fetch(`${platform.url}/v1/usage`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(200)
  })

  it('that is too long, or has what the API refuses, says so and keeps what was typed', async () => {
    const { cookie, csrf } = await person()
    expect(await errorCode(await submit('/crawls', { csrf, url: 'x'.repeat(70_000) }, { cookie }))).toEqual([
      413,
      'body_too_large',
    ])
    const refused = await submit('/crawls', { csrf, url: 'ftp://example.com/', limit: '7' }, { cookie })
    const html = await refused.text()
    expect(refused.status).toBe(400)
    expect(html).toContain('give an absolute http:// or https:// URL')
    expect(html).toContain('value="ftp://example.com/"')
  })

  it('to sign in is held to the limits of the API: the sixth guess is refused', async () => {
    const guess = { email: 'nobody@example.com', password: 'guessed wrongly' }
    const answers = []
    for (let count = 0; count < 6; count++) answers.push(await errorCode(await submit('/login', guess)))
    expect(answers.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => [401, 'invalid_credentials']))
    expect(answers[5]?.[0]).toBe(429)
  })
})

it('lets people in by invitation, gives them a role, and out again', async () => {
  const owner = await person()
  const shown = async (cookie: string) => (await fetch(`${platform.url}/members`, { headers: { cookie } })).text()
  const post = (path: string, fields: Record<string, string>) =>
    submit(path, { csrf: owner.csrf, ...fields }, { cookie: owner.cookie })
  const email = `${crypto.randomUUID()}@example.com`
  const invited = await (await post('/members/invitations', { email, role: 'admin' })).text()
  const token = /id="secret">(lpi_[\w-]+)</.exec(invited)?.[1] ?? ''
  expect(await errorCode(await post('/members/invitations', { email, role: 'admin' }))).toEqual([
    409,
    'already_invited',
  ])

  expect(await errorCode(await submit('/join', { token, password: 'short' }))).toEqual([400, 'weak_password'])
  const joined = await submit('/join', { token, password: 'violet kettle 52 harbour', name: 'Ada' })
  expect([joined.status, joined.headers.get('location')]).toEqual([303, '/'])
  const members = await shown(cookieOf(joined))
  expect(members).toContain('Ada')
  expect(members).toContain('No open invitation.')

  const id = [...members.matchAll(/action="\/members\/([\w-]+)\/role"/g)].at(-1)?.[1] ?? ''
  expect((await post(`/members/${id}/role`, { role: 'viewer' })).status).toBe(303)
  const denied = await fetch(`${platform.url}/members`, { headers: { cookie: cookieOf(joined) } })
  expect(await errorCode(denied)).toEqual([403, 'insufficient_scope'])
  expect((await post(`/members/${id}/delete`, {})).status).toBe(303)
  expect(await shown(owner.cookie)).not.toContain(email)
})

it("tries a monitor's rules before they are saved, and leaves those alone that have no form", async () => {
  const { cookie, csrf } = await person()
  const url = `${demo.url}/`
  const made = await submit('/monitors', { csrf, url, every: '1d', name: 'Museum', include: 'h1' }, { cookie })
  const path = made.headers.get('location') ?? ''
  const api = (method: string, body?: object) =>
    fetch(`${platform.url}/v1${path}`, {
      method,
      headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  await api('PATCH', { trigger: { knownStates: false, threshold: { changedWords: 9 } }, select: { xpath: '//h1' } })
  const rules = { csrf, sent: 'yes', include: 'h1\nli', contains: 'never there', percent: '12.5' }
  const tried = await (await submit(`${path}/rules/try`, rules, { cookie })).text()
  expect(tried).toContain('The Blue Thread')
  expect(tried).toContain('>h1\nli</textarea>')
  expect(await errorCode(await submit(`${path}/rules`, { ...rules, include: 'p[[' }, { cookie }))).toEqual([
    400,
    'validation_failed',
  ])
  expect((await submit(`${path}/rules`, rules, { cookie })).headers.get('location')).toBe(path)
  expect(await (await api('GET')).json()).toMatchObject({
    select: { include: ['h1', 'li'], xpath: '//h1' },
    trigger: { knownStates: false, threshold: { changedRatio: 0.125 }, contains: ['never there'] },
  })
  const shown = await (await fetch(`${platform.url}${path}/rules`, { headers: { cookie } })).text()
  expect(shown).toContain('value="12.5"')
  await submit(`${path}/rules`, { csrf, sent: 'yes' }, { cookie })
  expect(await (await api('GET')).json()).toEqual(
    expect.objectContaining({ select: { xpath: '//h1' }, trigger: { knownStates: false } }),
  )
})

it('shows nothing to strangers, and of others nothing to anybody', async () => {
  const [crawl] = (await platform.json<{ data: { id: string }[] }>('GET', '/v1/crawls')).data
  const { cookie } = await person()
  for (const path of ['/', '/keys', `/crawls/${crawl?.id}`, `/crawls/${crawl?.id}/export?format=jsonl`]) {
    const response = await fetch(`${platform.url}${path}`, { redirect: 'manual' })
    expect([response.status, response.headers.get('location')], path).toEqual([303, '/login'])
  }
  const foreign = await fetch(`${platform.url}/crawls/${crawl?.id}`, { headers: { cookie } })
  expect(await errorCode(foreign)).toEqual([404, 'not_found'])
})

it('remembers where a sign-in came from, and ends it', async () => {
  const { cookie, csrf } = await person()
  const audit = await fetch(`${platform.url}/v1/audit-events`, { headers: { cookie } })
  const { data } = (await audit.json()) as { data: { action: string; address: string }[] }
  expect(data.find(({ action }) => action === 'session.opened')).toMatchObject({ address: '127.0.0.1' })
  expect((await submit('/logout', { csrf }, { cookie })).status).toBe(303)
  expect((await fetch(`${platform.url}/`, { headers: { cookie }, redirect: 'manual' })).status).toBe(303)
})
