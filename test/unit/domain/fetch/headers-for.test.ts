import { expect, it } from 'vitest'
import { headersFor } from '../../../../src/domain/fetch/headers-for.ts'

const headers = { Authorization: 'Basic c2VjcmV0', Cookie: 'session=1', 'Accept-Language': 'de' }

it('sends everything to the host that the headers were given for', () => {
  expect(headersFor(headers, 'https://example.com/a', ['example.com'])).toEqual(headers)
})

it.each(['https://evil.example/', 'https://example.com:8443/', 'https://sub.example.com/'])(
  'sends no credentials to %s',
  (url) => {
    expect(headersFor(headers, url, ['example.com'])).toEqual({ 'Accept-Language': 'de' })
  },
)
