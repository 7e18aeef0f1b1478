import { exports } from 'cloudflare:workers'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it, vi } from 'vitest'
import type { Channel, NewChannel } from '../../../src/contracts/api/channel.ts'
import type { NewCrawl } from '../../../src/contracts/api/crawl.ts'
import type { Delivery } from '../../../src/contracts/api/delivery.ts'
import { deliver } from '../../../src/flows/delivery/deliver.ts'
import { webhookHeaders } from '../../../src/notify/standard-webhooks.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { type Crawl, call, completed } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import { CHANGED, alert, byHand, deliveriesTo, makeDue, newChannel, received, request } from './channel-calls.ts'

const OK = { status: 200, body: 'thanks' }

describe('a signature', () => {
  it('is that of the specification', async () => {
    const content = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' }
    expect(await webhookHeaders(content, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })
})

describe('a webhook', () => {
  it('is tested by a button, and standardwebhooks verifies what arrives', async () => {
    const site = await openSite({ '/hook': OK })
    const key = await newOwner()
    const channel = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/hook` } })
    const tested = await call<Delivery>(key, `/v1/channels/${channel.id}/test`, {})
    expect(tested).toMatchObject({
      status: 'delivered',
      eventType: 'channel.test',
      attempts: [{ status: 200, response: 'thanks' }],
      nextAttemptAt: null,
    })
    const [got] = await received(site)
    const said = new Webhook(channel.secret ?? '').verify(got?.body ?? '', got?.headers ?? {})
    expect(said).toEqual({
      type: 'channel.test',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: { channelId: channel.id, name: 'Test' },
    })
    expect(got?.headers['webhook-id']).toBe(tested.eventId)
    expect(got?.headers['content-type']).toBe('application/json')
    const forged = () => new Webhook(channel.secret ?? '').verify(`${got?.body} `, got?.headers ?? {})
    expect(forged).toThrow('No matching signature found')
  })

  it('is signed with the new and the old secret while they overlap, then with the new one', async () => {
    const site = await openSite({ '/hook': OK })
    const key = await newOwner()
    const old = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/hook` } })
    const fresh = await call<NewChannel>(key, `/v1/channels/${old.id}/rotate`, { overlapSeconds: 3_600 })
    expect(fresh.secret).toMatch(/^whsec_/)
    expect(fresh.secret).not.toBe(old.secret)
    const [first = ''] = await alert([old.id])
    await deliver(byHand().platform, first)
    const later = { now: () => new Date(Date.now() + 3_601_000) }
    const [second = ''] = await alert([old.id])
    await deliver(byHand(later).platform, second)
    const [both, one] = await received(site)
    for (const secret of [old.secret, fresh.secret])
      expect(new Webhook(secret ?? '').verify(both?.body ?? '', both?.headers ?? {})).toMatchObject({ data: CHANGED })
    expect(both?.headers['webhook-signature']?.split(' ')).toHaveLength(2)
    // Its timestamp is an hour ahead here, so only the signatures are counted.
    expect(one?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  })

  it('shows its secret when it is made and rotated, and never again; also where a POST is repeated', async () => {
    const key = await newOwner()
    const wanted = {
      type: 'webhook',
      name: 'Once',
      config: { url: 'https://example.com/', headers: { 'x-key': 'hidden' } },
    }
    const post = () =>
      import('cloudflare:workers').then(({ exports }) =>
        exports.default.fetch('http://lapis.test/v1/channels', {
          method: 'POST',
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': 'application/json',
            'idempotency-key': 'the-same',
          },
          body: JSON.stringify(wanted),
        }),
      )
    const [first, again] = [await (await post()).json<NewChannel>(), await (await post()).json<NewChannel>()]
    expect(again).toEqual(first)
    expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const shown = await (await request(key, 'GET', `/v1/channels/${first.id}`)).text()
    const stored = JSON.stringify(await query('SELECT * FROM channels, idempotency_keys WHERE id = $1', [first.id]))
    for (const text of [shown, stored]) {
      expect(text).not.toContain('hidden')
      expect(text).not.toContain(first.secret)
    }
    expect(JSON.parse(shown)).toMatchObject({ config: { url: 'https://example.com/' }, secrets: ['headers'] })
  })
})

describe('what arrives again', () => {
  it('has the same webhook-id in every attempt and redelivery, and a timestamp of its own', async () => {
    const site = await openSite({ '/hook': [{ status: 500, body: 'down' }, OK] })
    const key = await newOwner()
    const channel = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/hook` } })
    const [id = ''] = await alert([channel.id])
    const { platform } = byHand()
    await deliver(platform, id)
    expect(await call(key, `/v1/deliveries/${id}`)).toMatchObject({
      status: 'failed',
      attempts: [{ status: 500, error: 'It answered 500.', response: 'down' }],
    })
    // Not due yet: a message that comes twice sends nothing twice.
    await deliver(platform, id)
    expect(await received(site)).toHaveLength(1)
    await makeDue(id)
    await deliver(platform, id)
    await deliver(platform, id)
    expect(await call(key, `/v1/deliveries/${id}`)).toMatchObject({ status: 'delivered', nextAttemptAt: null })
    await call(key, `/v1/deliveries/${id}/redeliver`, {})
    await vi.waitFor(async () => expect(await received(site)).toHaveLength(3), { timeout: 10_000, interval: 100 })
    const got = await received(site)
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(got.map(({ body }) => body)).size).toBe(1)
  })
})

describe('the webhook of a crawl', () => {
  it('hears of its start, each page and its end, each once and signed', async () => {
    const page = (links: string) => `<title>Page</title><main><p>Some words to read.</p>${links}</main>`
    const site = await openSite({ '/hook': OK, '/': page('<a href="/one">one</a>'), '/one': page('') })
    const key = await newOwner()
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const everything = await newChannel(key, { type: 'webhook', config: { url: `${site.origin}/all` } })
    const crawl = await call<Crawl>(key, '/v1/crawls', {
      url: `${site.origin}/`,
      sitemap: 'skip',
      delayMs: 0,
      webhook: { url: `${site.origin}/hook`, secret },
    })
    expect(JSON.stringify(crawl)).not.toContain(secret)
    expect(crawl.options['webhook']).toMatchObject({ url: `${site.origin}/hook` })
    await completed(key, crawl.id)
    await vi.waitFor(async () => expect(await received(site)).toHaveLength(4), { timeout: 10_000, interval: 100 })
    const told = (await received(site)).map(
      ({ body, headers }) =>
        new Webhook(secret).verify(body, headers) as { type: string; data: Record<string, unknown> },
    )
    const types = told.map(({ type }) => type)
    expect(types.toSorted()).toEqual(['crawl.completed', 'crawl.page', 'crawl.page', 'crawl.started'])
    expect(told.find(({ type }) => type === 'crawl.completed')?.data).toMatchObject({
      crawlId: crawl.id,
      status: 'completed',
      counts: { fetched: 2 },
    })
    const pages = told.flatMap(({ type, data }) => (type === 'crawl.page' ? [data['page'] as { url: string }] : []))
    expect(pages.map(({ url }) => url).toSorted()).toEqual([`${site.origin}/`, `${site.origin}/one`])
    // It is no channel that people see; a channel of the workspace hears of the same.
    const { data } = await call<{ data: Channel[] }>(key, '/v1/channels')
    expect(data.map(({ id }) => id)).toEqual([everything.id])
    expect((await deliveriesTo(key, everything.id)).map(({ eventType }) => eventType).toSorted()).toEqual(
      types.toSorted(),
    )
  })

  it('is told of a crawl that is cancelled, and of one that finds nothing', async () => {
    const site = await openSite({ '/hook': OK, '/': { delayMs: 1_500, body: '<title>Slow</title>' } })
    const key = await newOwner()
    const webhook = { url: `${site.origin}/hook`, events: ['crawl.cancelled', 'crawl.failed'] }
    const slow = await call<Crawl>(key, '/v1/crawls', { url: `${site.origin}/`, sitemap: 'skip', webhook })
    await call(key, `/v1/crawls/${slow.id}/cancel`, {})
    await call(key, '/v1/crawls', { url: `${site.origin}/missing`, sitemap: 'skip', webhook: webhook })
    await vi.waitFor(async () => expect(await received(site)).toHaveLength(2), { timeout: 15_000, interval: 100 })
    const told = (await received(site)).map(({ body }) => (JSON.parse(body) as { type: string }).type)
    expect(told.toSorted()).toEqual(['crawl.cancelled', 'crawl.failed'])
  })

  it.each([
    ['/v1/crawls', (url: string) => ({ url, sitemap: 'skip' })],
    ['/v1/batches', (url: string) => ({ urls: [url] })],
  ])('is signed with a secret that the answer of %s shows once, where none is given', async (path, wanted) => {
    const site = await openSite({ '/hook': OK, '/': '<title>Page</title>' })
    const key = await newOwner()
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'once' }
    const body = JSON.stringify({ ...wanted(`${site.origin}/`), webhook: `${site.origin}/hook` })
    const start = () => exports.default.fetch(`http://lapis.test${path}`, { method: 'POST', headers, body })
    const first = await start()
    const crawl = await first.json<NewCrawl>()
    expect(first.headers.get('location')).toBe(`/v1/crawls/${crawl.id}`)
    expect(crawl.webhook).toEqual({ secret: expect.stringMatching(/^whsec_/) as string })
    // Whoever asks the same again, because the answer got lost, has it after all.
    expect(await (await start()).json()).toEqual(crawl)
    const [kept] = await query(`SELECT answer::text FROM idempotency_keys WHERE answer->'body'->>'id' = $1`, [crawl.id])
    expect(kept?.['answer']).toEqual(expect.not.stringContaining('whsec_'))
    await completed(key, crawl.id)
    expect(JSON.stringify(await call(key, `/v1/crawls/${crawl.id}`))).not.toContain('whsec_')
    await vi.waitFor(async () => expect(await received(site)).toHaveLength(3), { timeout: 10_000, interval: 100 })
    for (const { body: said, headers: sent } of await received(site))
      expect(new Webhook(crawl.webhook?.secret ?? '').verify(said, sent)).toHaveProperty('type')
  })
})
