import { describe, expect, it } from 'vitest'
import { operations } from '../identity/operations.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { call, send } from './api-calls.ts'

interface Item {
  request: { method: string; url: { path: string[] }; body?: { raw: string } }
}

interface Collection {
  info: { schema: string }
  item: { name: string; item: Item[] }[]
}

describe('the Postman collection', () => {
  it('has a request for every operation but the stream of events, with the body that it needs', async () => {
    const { info, item } = await call<Collection>('', '/postman.json')
    expect(info.schema).toContain('v2.1.0')
    const requests = item.flatMap((group) => group.item).map(({ request }) => request)
    const paths = requests.map(({ method, url }) => `${method} /${url.path.join('/').replaceAll(/:(\w+)/g, '{$1}')}`)
    const wanted = (await operations()).filter(({ path }) => !path.endsWith('/events'))
    expect(paths.toSorted()).toEqual(wanted.map(({ method, path }) => `${method} ${path}`).toSorted())
    for (const { body } of requests) expect(() => JSON.parse(body?.raw ?? '{}') as unknown).not.toThrow()
  })

  it.each(['crawls', 'keys', 'monitors', 'channels', 'batches'])('creates %s as it is', async (group) => {
    const [key, { item }, { origin }] = await Promise.all([
      newOwner(),
      call<Collection>('', '/postman.json'),
      openSite({ '/': '<p>Words.' }),
    ])
    const all = item.find(({ name }) => name === group)?.item ?? []
    const create = all.find(({ request }) => request.method === 'POST' && request.url.path.length === 2)
    const body = create?.request.body?.raw.replaceAll('{{site}}', origin) ?? ''
    const response = await send(key, `/v1/${group}`, JSON.parse(body))
    expect(response.status, await response.text()).toBeOneOf([201, 202])
  })
})
