import { describe, expect, it } from 'vitest'
import { botWall } from '../../../../src/domain/fetch/bot-wall.ts'

describe('botWall', () => {
  it.each<[string, string, string | undefined]>([
    ['cf-mitigated', 'challenge', 'Cloudflare'],
    ['CF-Mitigated', ' Challenge ', 'Cloudflare'],
    ['x-amzn-waf-action', 'challenge', 'AWS WAF'],
    ['x-amzn-waf-action', 'captcha', 'AWS WAF'],
    ['cf-mitigated', 'something new', undefined],
    ['server', 'cloudflare', undefined],
    ['cf-ray', '8a1b2c3d4e5f', undefined],
  ])('%s: %s means %s', (name, value, wall) => {
    expect(
      botWall([
        ['content-type', 'text/html'],
        [name, value],
      ]),
    ).toBe(wall)
  })
})
