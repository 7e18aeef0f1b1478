import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { authorized, newPerson, post, newEmail, PASSWORD } from '../identity/sign-in.ts'
import { newOwner } from '../owner.ts'

const URL_OF_PAGE = 'https://example.com/'

async function refused(key: string, path: string, body: object): Promise<unknown> {
  const response = await exports.default.fetch(`http://lapis.test${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { errors } = await response.json<{ errors?: { path: string }[] }>()
  return [response.status, errors?.[0]?.path]
}

it('selectors that could match nothing are refused when they are given', async () => {
  const key = await newOwner()
  const scrape = { url: URL_OF_PAGE, includeSelectors: ['main', 'p[['] }
  expect(await refused(key, '/v1/scrape', scrape)).toEqual([400, 'includeSelectors.1'])
  const crawl = { url: URL_OF_PAGE, scrapeOptions: { excludeSelectors: ['..x'] } }
  expect(await refused(key, '/v1/crawls', crawl)).toEqual([400, 'scrapeOptions.excludeSelectors.0'])
  const batch = { urls: [URL_OF_PAGE], includeSelectors: ['p >'] }
  expect(await refused(key, '/v1/batches', batch)).toEqual([400, 'includeSelectors.0'])
})

it('selectors that a browser could not look for are refused, too', async () => {
  const key = await newOwner()
  const bad = { url: URL_OF_PAGE, render: 'always' }
  const refusedAt = (more: object) => refused(key, '/v1/scrape', { ...bad, ...more })
  expect(await refusedAt({ waitFor: 'p[[' })).toEqual([400, 'waitFor'])
  expect(
    await refusedAt({
      actions: [
        { type: 'press', key: 'a' },
        { type: 'click', selector: 'a >> b' },
      ],
    }),
  ).toEqual([400, 'actions.1.selector'])
  expect(await refusedAt({ loadMore: { selector: ')' } })).toEqual([400, 'loadMore.selector'])
  expect(await refusedAt({ formats: [{ type: 'screenshot', selector: '' }] })).toEqual([400, 'formats.0.selector'])
  expect(await refusedAt({ formats: [{ type: 'screenshot', selector: '#' }] })).toEqual([400, 'formats.0.selector'])
  // What only a browser knows is for the browser to say: here there is none.
  expect(await refusedAt({ waitFor: 'dialog:modal:has(> p:nth-child(2 of .a))' })).toEqual([422, undefined])
})

it('a user name and password in a URL are refused, with the place that they have', async () => {
  const key = await newOwner()
  const url = 'https://ada:secret@example.com/'
  expect(await refused(key, '/v1/scrape', { url })).toEqual([400, 'url'])
  expect(await refused(key, '/v1/crawls', { url })).toEqual([400, 'url'])
  expect(await refused(key, '/v1/map', { url })).toEqual([400, 'url'])
  expect(await refused(key, '/v1/batches', { urls: [URL_OF_PAGE, url] })).toEqual([400, 'urls.1'])
  const monitor = { name: 'a', url, schedule: { every: '1d' } }
  expect(await refused(key, '/v1/monitors', monitor)).toEqual([400, 'url'])
  const auth = { type: 'form', url, fields: { user: 'ada' } }
  expect(await refused(key, '/v1/scrape', { url: URL_OF_PAGE, auth })).toEqual([400, 'auth.url'])
})

it('headers that belong to the connection are refused by name', async () => {
  const key = await newOwner()
  const headers = { Accept: 'text/html', Host: 'other.example', 'content-length': '3', Connection: 'close' }
  expect(await refused(key, '/v1/scrape', { url: URL_OF_PAGE, headers })).toEqual([400, 'headers.Host'])
  const crawl = { url: URL_OF_PAGE, scrapeOptions: { headers: { 'Transfer-Encoding': 'chunked' } } }
  expect(await refused(key, '/v1/crawls', crawl)).toEqual([400, 'scrapeOptions.headers.Transfer-Encoding'])
  const monitor = { name: 'a', url: URL_OF_PAGE, schedule: { every: '1d' }, scrapeOptions: { headers } }
  expect(await refused(key, '/v1/monitors', monitor)).toEqual([400, 'scrapeOptions.headers.Host'])
})

it('what was made says where it is', async () => {
  const ada = await newPerson()
  const made = async (path: string, body: object) =>
    (await authorized(ada.accessToken, path, 'POST', body)).headers.get('location')
  expect(await made('/v1/keys', { name: 'K' })).toMatch(/^\/v1\/keys\/[\w-]{36}$/)
  expect(await made('/v1/invitations', { email: newEmail(), role: 'viewer' })).toMatch(/^\/v1\/invitations\/[\w-]{36}$/)
  const registered = await post('/v1/auth/register', { email: newEmail(), password: PASSWORD })
  expect(registered.headers.get('location')).toBe('/v1/me')
})
