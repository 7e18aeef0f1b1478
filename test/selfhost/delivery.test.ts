import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LinkedSite, linkedSite } from '../fixtures/sites/linked-site.ts'
import { type StandInMailServer, openMailServer } from '../unit/notify/stand-in-mail-server.ts'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const PAGES = 40
const KILLS = 3
const WITHIN_MS = 150_000

interface Got {
  id: string
  /** The page, or the type of what is told but once. */
  about: string
}

interface Event {
  type: string
  data: { crawlId: string; page?: { url: string } }
}

interface Delivery {
  eventId: string
  eventType: string
  status: string
}

let secret = ''
const got: Got[] = []
const receiver = createServer((request, response) => {
  void text(request).then(async (body) => {
    // Long enough that a kill meets deliveries on their way.
    await pause(30)
    if (request.url === '/hook') got.push(verified(request.headers as Record<string, string>, body))
    response.writeHead(204).end()
  })
})

/** At once: standardwebhooks takes nothing that is five minutes old. */
function verified(headers: Record<string, string>, body: string): Got {
  const event = new Webhook(secret).verify(body, headers) as Event
  return { id: headers['webhook-id'] ?? '', about: event.data.page?.url ?? event.type }
}

let site: LinkedSite
let mail: StandInMailServer
let platform: LaunchedPlatform

beforeAll(async () => {
  site = await linkedSite({ pages: PAGES, latencyMs: 20 })
  mail = await openMailServer()
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve))
  platform = new LaunchedPlatform({
    LAPIS_TEST_CLOCK_SPEED: '1000',
    LAPIS_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    LAPIS_MAIL_FROM: 'Lapis <lapis@lapis.test>',
  })
  await platform.start()
})

afterAll(async () => {
  await platform.dispose()
  receiver.closeAllConnections()
  receiver.close()
  mail.close()
  await site.close()
})

function addressOf(server: Server, path: string): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
}

/** Until it is so; a platform that was just killed does not answer. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WITHIN_MS
  while (!(await Promise.resolve(isSo()).catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`not within ${WITHIN_MS} ms\n${platform.output}`)
    await pause(50)
  }
}

it(
  `${KILLS} kills of workerd between pages and their deliveries lose none and make no second webhook-id for any`,
  async () => {
    const url = addressOf(receiver, '/hook')
    const channel = await platform.json<{ id: string; secret: string }>('POST', '/v1/channels', {
      type: 'webhook',
      name: 'Receiver',
      config: { url },
      events: ['crawl.started', 'crawl.page', 'crawl.completed'],
    })
    secret = channel.secret
    const crawl = await platform.json<CrawlView>('POST', '/v1/crawls', { url: site.url, limit: 1_000 })
    for (let kills = 1; kills <= KILLS; kills++) {
      await until(() => got.length >= kills * 8)
      platform.killWorkerd()
    }
    const deliveries = () => platform.all<Delivery>(`/v1/deliveries?channelId=${channel.id}`)
    await until(async () => (await platform.json<CrawlView>('GET', `/v1/crawls/${crawl.id}`)).finishedAt !== null)
    await until(async () => {
      const all = await deliveries()
      return all.length === PAGES + 2 && all.every(({ status }) => status === 'delivered')
    })
    const announced = await deliveries()
    expect(new Set(got.map(({ id }) => id))).toEqual(new Set(announced.map(({ eventId }) => eventId)))
    // One id for each page, however often it came.
    expect(new Set(got.map(({ id, about }) => `${id} ${about}`)).size).toBe(PAGES + 2)
    expect(new Set(got.map(({ about }) => about)).size).toBe(PAGES + 2)
  },
  WITHIN_MS * 2,
)

it('six receivers that hang hold up no other (44)', async () => {
  const hanging = createServer(() => undefined)
  await new Promise<void>((resolve) => void hanging.listen(0, '127.0.0.1', resolve))
  const add = (url: string, events: string[]) =>
    platform.json<{ id: string }>('POST', '/v1/channels', {
      type: 'webhook',
      name: 'One of many',
      config: { url },
      events,
    })
  for (let count = 0; count < 6; count++) await add(addressOf(hanging, '/'), ['crawl.page', 'crawl.started'])
  const well = await add(addressOf(receiver, '/well'), ['crawl.completed'])
  const small = { url: site.url, limit: 3 }
  await platform.crawlToEnd((await platform.json<CrawlView>('POST', '/v1/crawls', small)).id, WITHIN_MS)
  const since = performance.now()
  await until(async () => {
    const [told] = await platform.all<Delivery>(`/v1/deliveries?channelId=${well.id}`)
    return told?.status === 'delivered'
  })
  // Each of them takes 15 seconds, and has two attempts at a time: more than the queue has places.
  expect(performance.now() - since).toBeLessThan(8_000)
  hanging.closeAllConnections()
  hanging.close()
})

it('an e-mail channel sends a letter in text and HTML, with a way out', async () => {
  const config = { to: 'ada@lapis.test' }
  const channel = await platform.json<{ id: string }>('POST', '/v1/channels', {
    type: 'email',
    name: 'Letters',
    config,
  })
  const tested = await platform.json<Delivery>('POST', `/v1/channels/${channel.id}/test`)
  expect(tested.status).toBe('delivered')
  const [letter = ''] = mail.messages
  expect(mail.commands).toContain('RCPT TO:<ada@lapis.test>')
  expect(letter).toMatch(/^Subject: Test of a channel$/m)
  expect(letter).toMatch(/^List-Unsubscribe: <http:\/\/127\.0\.0\.1:\d+\/v1\/unsubscribe\?token=.*>$/m)
  expect(letter).toMatch(/^Content-Type: multipart\/alternative/m)
})
