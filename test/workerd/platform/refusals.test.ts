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

it('what was made says where it is', async () => {
  const ada = await newPerson()
  const made = async (path: string, body: object) =>
    (await authorized(ada.accessToken, path, 'POST', body)).headers.get('location')
  expect(await made('/v1/keys', { name: 'K' })).toMatch(/^\/v1\/keys\/[\w-]{36}$/)
  expect(await made('/v1/invitations', { email: newEmail(), role: 'viewer' })).toMatch(/^\/v1\/invitations\/[\w-]{36}$/)
  const registered = await post('/v1/auth/register', { email: newEmail(), password: PASSWORD })
  expect(registered.headers.get('location')).toBe('/v1/me')
})
