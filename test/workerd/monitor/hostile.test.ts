import { beforeAll, expect, it } from 'vitest'
import { request } from '../delivery/channel-calls.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { changesOf, checked, eventsOf, newMonitor } from './monitor-calls.ts'

let key = ''

beforeAll(async () => {
  key = await newOwner()
})

it.each([
  ['a private address', 'http://10.0.0.1/'],
  ['an address with a port', 'http://192.168.1.1:8080/'],
  ['carrier-grade NAT', 'http://100.64.0.1/'],
  ['an address of the link', 'http://169.254.169.254/latest/meta-data/'],
  ['an IPv4 address mapped into IPv6', 'http://[::ffff:10.0.0.1]/'],
  ['an address in one number', 'http://167772161/'],
])('48: %s is refused when it is saved', async (_name, url) => {
  const wish = { name: 'Inside', url, schedule: { every: '1h' } }
  for (const path of ['/v1/monitors', '/v1/monitors/preview']) {
    const { name, schedule, ...preview } = wish
    const answer = await request(key, 'POST', path, path.endsWith('preview') ? preview : { name, schedule, ...preview })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'address_not_allowed' })
  }
})

it('48: backslashes in place of slashes are no URL', async () => {
  const wish = { name: 'Inside', url: 'http:\\\\10.0.0.1\\secret', schedule: { every: '1h' } }
  const answer = await request(key, 'POST', '/v1/monitors', wish)
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'validation_failed', errors: [{ path: 'url' }] })
})

it('48 ★: a redirect to a private address is not followed', async () => {
  const site = await openSite({ '/': { status: 302, headers: { location: 'http://10.0.0.1/secret' } } })
  const { id } = await newMonitor(key, { url: `${site.origin}/` })
  expect(await checked(key, id)).toMatchObject({ verdict: 'failed', reason: 'address_not_allowed' })
})

it('49: an archive bomb fails the check with its reason, and nothing that is remembered', async () => {
  const small = { gzip: true, body: '<main><p>Small and packed, as most pages are.</p></main>' }
  const site = await openSite({ '/': small })
  const { id } = await newMonitor(key, {
    url: `${site.origin}/`,
    scrapeOptions: { maxBytes: 100_000 },
    alertAfterFailures: 10,
  })
  expect(await checked(key, id)).toMatchObject({ verdict: 'baseline' })
  await site.setRoutes({ '/': { gzip: true, body: 'A'.repeat(5_000_000) } })
  expect(await checked(key, id)).toMatchObject({ verdict: 'failed', reason: 'too_large' })
  await site.setRoutes({ '/': small })
  expect((await checked(key, id)).verdict).toMatch(/^(?:unchanged|not_modified)$/)
  expect([await changesOf(key, id), await eventsOf(id)]).toEqual([[], []])
})
