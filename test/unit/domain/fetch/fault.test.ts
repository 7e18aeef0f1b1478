import { describe, expect, it } from 'vitest'
import { isTransient } from '../../../../src/domain/fetch/fault.ts'
import { httpErrorDetail } from '../../../../src/domain/fetch/http-error-detail.ts'

describe('isTransient', () => {
  it.each([500, 502, 504, 520, 521, 522, 525, 530])('HTTP %i may be over at the next attempt', (status) => {
    expect(isTransient('http_error', status)).toBe(true)
  })

  it.each([400, 404, 451, 501, 505, 526, 600, 999])('HTTP %i is asked for once', (status) => {
    expect(isTransient('http_error', status)).toBe(false)
  })

  it.each(['invalid_response', 'blocked_by_site', 'tls_failure', 'too_large'] as const)('%s is an answer', (fault) => {
    expect(isTransient(fault)).toBe(false)
  })
})

describe('httpErrorDetail', () => {
  it.each([
    [404, 'The site answers HTTP 404: there is no such page.'],
    [521, 'The site answers HTTP 521: the site refuses connections from Cloudflare.'],
    [418, 'The site answers HTTP 418.'],
  ])('%i', (status, detail) => {
    expect(httpErrorDetail(status)).toBe(detail)
  })
})
