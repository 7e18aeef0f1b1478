import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CrawlView, LaunchedPlatform } from './launched-platform.ts'

const START_MS = 60_000
const SECRET = 'nobody outside may read this'

/** On 127.0.0.2, which is allowed: a site that redirects to 127.0.0.1, which is not. */
let bait: Server
let secret: Server
let platform: LaunchedPlatform
let secretReads = 0

const listening = (server: Server, host: string) =>
  new Promise<string>((resolve) => {
    server.listen(0, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`))
  })

let secretUrl = ''
let baitUrl = ''

beforeAll(async () => {
  secret = createServer((_, response) => {
    secretReads++
    response.end(SECRET)
  })
  secretUrl = await listening(secret, '127.0.0.1')
  bait = createServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end()
    else response.writeHead(302, { location: `${secretUrl}/secret` }).end()
  })
  baitUrl = await listening(bait, '127.0.0.2')
  platform = new LaunchedPlatform({ LAPIS_ALLOW_PRIVATE_NETWORKS: '127.0.0.2/32' })
  await platform.start()
}, START_MS)

afterAll(async () => {
  await platform.dispose()
  secret.close()
  bait.close()
})

describe('private addresses', () => {
  const port = () => new URL(secretUrl).port

  it.each([
    ['a literal address', () => secretUrl],
    ['the same address as one number', () => `http://2130706433:${port()}/`],
    ['the same address, mapped into IPv6', () => `http://[::ffff:127.0.0.1]:${port()}/`],
    ['a name for it that needs no resolver', () => `http://localhost:${port()}/`],
    ['metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
    ['a private network', () => 'http://10.0.0.1/'],
  ])('%s is refused by scrape and by crawl', async (_, url) => {
    for (const path of ['/v1/scrape', '/v1/crawls']) {
      const answer = await platform.call('POST', path, { url: url() })
      expect(answer.status).toBe(422)
      expect(await answer.json()).toMatchObject({ code: 'address_not_allowed' })
    }
  })

  it('are not reached by a redirect: of a scrape', async () => {
    const answer = await platform.call('POST', '/v1/scrape', { url: `${baitUrl}/` })
    expect(await answer.json()).toMatchObject({ status: 422, code: 'address_not_allowed' })
  })

  it('are not reached by a redirect: of a crawl, which says why it has no page', async () => {
    const crawl = await platform.json<CrawlView>('POST', '/v1/crawls', { url: `${baitUrl}/` })
    const end = await platform.crawlToEnd(crawl.id, START_MS)
    expect(end).toMatchObject({ status: 'failed', error: { code: 'address_not_allowed' } })
  })

  it('have sent not a byte to anybody', () => {
    expect(secretReads).toBe(0)
  })
})
