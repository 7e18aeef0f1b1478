import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { LapisClient, LapisError } from '../../../src/client/lapis-client.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'

async function client(key?: string): Promise<LapisClient> {
  const send = (request: Request) => exports.default.fetch(request)
  return new LapisClient({ url: 'http://lapis.test/', key: key ?? (await newOwner()), fetch: send })
}

describe('the client', () => {
  it('asks and answers as the contracts say', async () => {
    const lapis = await client()
    const { origin } = await openSite({ '/': '<title>Here</title><p>Words of a page.' })
    const { data } = await lapis.call('POST /v1/scrape', { body: { url: `${origin}/`, formats: ['text'] } })
    expect([data.title, data.text]).toEqual(['Here', 'Words of a page.'])
    // @ts-expect-error a scrape needs a URL
    await expect(lapis.call('POST /v1/scrape', { body: {} })).rejects.toMatchObject({ code: 'validation_failed' })
    // @ts-expect-error there is no such operation
    await expect(lapis.call('POST /v1/nothing', {})).rejects.toMatchObject({ status: 404 })
  })

  it('follows a list to its end, and puts ids and queries where they belong', async () => {
    const lapis = await client()
    const names = ['One', 'Two', 'Three', 'Four']
    for (const name of names) await lapis.call('POST /v1/keys', { body: { name } })
    const seen: string[] = []
    for await (const { name } of lapis.all('GET /v1/keys', { query: { limit: 2 } })) seen.push(name)
    // The key that asks is one of them; its place is by chance.
    expect(seen).toHaveLength(names.length + 1)
    expect(seen.filter((name) => names.includes(name))).toEqual(names.toReversed())
    const { data } = await lapis.call('GET /v1/keys', { query: { limit: 1 } })
    expect(await lapis.call('DELETE /v1/keys/{id}', { params: { id: data[0]?.id ?? '' } })).toBeUndefined()
  })

  it('repeats what creates under a key, and gets the same', async () => {
    const lapis = await client()
    const order = { body: { url: 'http://127.0.0.1:9/' }, idempotencyKey: 'once' }
    const [first, again] = [await lapis.call('POST /v1/crawls', order), await lapis.call('POST /v1/crawls', order)]
    expect(again).toEqual(first)
    const download = await lapis.open('GET /v1/crawls/{id}/export', {
      params: { id: first.id },
      query: { format: 'csv' },
    })
    expect(download.headers.get('content-type')).toContain('text/csv')
    await download.body?.cancel()
  })

  it('throws what was refused, with its code and when to come again', async () => {
    const lapis = await client('lps_0')
    const refused = await lapis.call('GET /v1/crawls', {}).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(LapisError)
    expect(refused).toMatchObject({
      status: 401,
      code: 'unauthorized',
      message: expect.stringContaining('not known') as string,
    })
  })
})
