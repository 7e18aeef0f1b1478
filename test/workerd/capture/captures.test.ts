import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { sweep } from '../../../workers/cron/sweep.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from '../identity/query.ts'
import { type SignedIn, authorized, newPerson, refusal } from '../identity/sign-in.ts'
import { kept, stored } from './kept.ts'

let ada: SignedIn

beforeAll(async () => {
  ada = await newPerson()
})

async function statusOf(path: string): Promise<number> {
  const response = await authorized(ada.accessToken, path)
  await response.body?.cancel()
  return response.status
}

async function crawl(): Promise<string> {
  // Nothing listens on port 9.
  const response = await authorized(ada.accessToken, '/v1/crawls', 'POST', { url: 'http://127.0.0.1:9/' })
  return (await response.json<{ id: string }>()).id
}

async function keyWith(...scopes: string[]): Promise<string> {
  const response = await authorized(ada.accessToken, '/v1/keys', 'POST', { name: 'K', scopes })
  return (await response.json<{ key: string }>()).key
}

describe('a capture', () => {
  it('is sent as what it is, to keys that scrape or read crawls', async () => {
    const path = await kept(ada.workspace.id)
    for (const key of [ada.accessToken, await keyWith('scrape'), await keyWith('crawls:read')]) {
      const response = await authorized(key, path)
      expect(response.status).toBe(200)
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([137, 80, 78, 71]))
      const { headers } = response
      expect([headers.get('content-type'), headers.get('content-length')]).toEqual(['image/png', '4'])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toMatch(/^private/)
    }
    const refused = await refusal(await authorized(await keyWith('monitors:read'), path))
    expect(refused).toEqual([403, 'insufficient_scope'])
  })

  it('counts among the bytes that a workspace used', async () => {
    const eve = await newPerson()
    await kept(eve.workspace.id)
    const { data } = await (await authorized(eve.accessToken, '/v1/usage?days=1')).json<{ data: { bytes: number }[] }>()
    expect(data).toMatchObject([{ bytes: 4 }])
  })

  it('of a scrape goes after a week, that of a crawl with the crawl', async () => {
    const crawlId = await crawl()
    const [old, fresh, crawled] = [
      await kept(ada.workspace.id),
      await kept(ada.workspace.id),
      await kept(ada.workspace.id, crawlId),
    ]
    const weekOld = [old, crawled].map((path) => path.split('/').at(-1))
    await query(`UPDATE captures SET created_at = now() - interval '7 days' WHERE id = ANY($1)`, [weekOld])
    await sweep(platformOf(env))
    expect([await statusOf(old), await statusOf(fresh), await statusOf(crawled)]).toEqual([404, 200, 200])
    expect(await stored(`captures/${ada.workspace.id}/${weekOld[0]}`)).toEqual([])

    expect((await authorized(ada.accessToken, `/v1/crawls/${crawlId}`, 'DELETE')).status).toBe(204)
    expect(await statusOf(crawled)).toBe(404)
    expect(await stored(`crawls/${crawlId}/`)).toEqual([])
  })

  it('goes with its workspace', async () => {
    const eve = await newPerson()
    await kept(eve.workspace.id)
    expect(await stored(`captures/${eve.workspace.id}/`)).toHaveLength(1)
    expect((await authorized(eve.accessToken, '/v1/account', 'DELETE')).status).toBe(204)
    expect(await stored(`captures/${eve.workspace.id}/`)).toEqual([])
    expect(await query('SELECT 1 FROM captures WHERE workspace_id = $1', [eve.workspace.id])).toEqual([])
  })
})
