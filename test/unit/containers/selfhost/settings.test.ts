import { describe, expect, it } from 'vitest'
import { parseSettings } from '../../../../containers/selfhost/settings.ts'

describe('defaults', () => {
  it('are those of the public contract', () => {
    expect(parseSettings({})).toMatchObject({
      host: '127.0.0.1',
      port: 8787,
      publicUrl: undefined,
      allowedNetworks: [],
    })
  })

  it('hold for empty and blank variables too, as compose files leave them', () => {
    expect(parseSettings({ LAPIS_PORT: '', LAPIS_HOST: ' ', DATABASE_URL: '' })).toMatchObject({
      port: 8787,
      databaseUrl: undefined,
    })
  })
})

describe('accepted values', () => {
  it.each([
    ['commas', '127.0.0.0/8,10.0.0.0/8'],
    ['spaces', ' 127.0.0.0/8  10.0.0.0/8 '],
    ['both', '127.0.0.0/8, 10.0.0.0/8'],
  ])('networks are separated by %s', (_, value) => {
    expect(parseSettings({ LAPIS_ALLOW_PRIVATE_NETWORKS: value }).allowedNetworks).toEqual([
      '127.0.0.0/8',
      '10.0.0.0/8',
    ])
  })

  it('networks may be IPv6', () => {
    expect(parseSettings({ LAPIS_ALLOW_PRIVATE_NETWORKS: 'fd00::/8' }).allowedNetworks).toEqual(['fd00::/8'])
  })

  it('a public URL loses its trailing slash, so that paths can be appended', () => {
    expect(parseSettings({ LAPIS_PUBLIC_URL: 'https://crawl.example/app/' }).publicUrl).toBe(
      'https://crawl.example/app',
    )
  })

  it.each([
    ['http://renderer:9333', { host: 'renderer', port: 9_333 }],
    ['http://[fd00::7]/', { host: 'fd00::7', port: 80 }],
  ])('a renderer at %s', (url, where) => {
    const { renderer } = parseSettings({ LAPIS_RENDERER_URL: url, LAPIS_RENDERER_TOKEN: 'its-token' })
    expect(renderer).toEqual({ ...where, token: 'its-token' })
  })
})

describe('refused values are named with what is allowed', () => {
  it.each([
    ['LAPIS_PORT', '65536', /^LAPIS_PORT is "65536"; allowed: .*65535/],
    ['LAPIS_PORT', '80a', /^LAPIS_PORT is "80a"/],
    ['LAPIS_PORT', '-1', /^LAPIS_PORT is "-1"/],
    ['LAPIS_HOST', 'a b', /^LAPIS_HOST is "a b"/],
    ['LAPIS_PUBLIC_URL', 'ftp://x/', /^LAPIS_PUBLIC_URL is "ftp:\/\/x\/"; allowed: .*https/],
    ['LAPIS_PUBLIC_URL', 'https://x/?a=1', /^LAPIS_PUBLIC_URL/],
    ['LAPIS_RENDER', 'sometimes', /^LAPIS_RENDER is "sometimes"; allowed: "auto" or "off"/],
    ['LAPIS_RENDERER_URL', 'renderer:9333', /^LAPIS_RENDERER_URL is "renderer:9333"; allowed: http:/],
    ['LAPIS_RENDERER_URL', 'https://renderer/', /^LAPIS_RENDERER_URL/],
    ['LAPIS_RENDERER_URL', 'http://renderer:9333', /^LAPIS_RENDERER_TOKEN is ""; allowed: the renderer's token/],
    ['LAPIS_REGISTRATION', 'maybe', /^LAPIS_REGISTRATION/],
    ['LAPIS_SMTP_URL', 'mail.example.com:587', /^LAPIS_SMTP_URL is "…"/],
    ['LAPIS_MAIL_FROM', 'Lapis Spider', /^LAPIS_MAIL_FROM/],
    ['LAPIS_CORS_ORIGINS', 'https://app.example.com/', /^LAPIS_CORS_ORIGINS/],
    ['LAPIS_CORS_ORIGINS', 'https://a.example.com,*', /^LAPIS_CORS_ORIGINS/],
    ['LAPIS_RATE_LIMIT', '-1', /^LAPIS_RATE_LIMIT is "-1"; allowed: a whole number/],
    ['LAPIS_REGISTRATION_LIMIT', '1e3', /^LAPIS_REGISTRATION_LIMIT/],
    ['LAPIS_TRUSTED_PROXIES', '10.0.0.1', /^LAPIS_TRUSTED_PROXIES is "10.0.0.1"; allowed: CIDRs/],
    ['LAPIS_TEST_CLOCK_SPEED', '0', /^LAPIS_TEST_CLOCK_SPEED/],
    ['LAPIS_TEST_QUEUE_MISCHIEF', '2', /^LAPIS_TEST_QUEUE_MISCHIEF.*from 0 to 1/],
    ['LAPIS_USER_AGENT', '1bot', /^LAPIS_USER_AGENT/],
    [
      'LAPIS_ALLOW_PRIVATE_NETWORKS',
      '10.0.0.0/8 10.0.0.1',
      /^LAPIS_ALLOW_PRIVATE_NETWORKS is "10.0.0.1"; allowed: CIDRs/,
    ],
    ['LAPIS_ALLOW_PRIVATE_NETWORKS', '10.0.0.0/33', /^LAPIS_ALLOW_PRIVATE_NETWORKS/],
    ['LAPIS_ALLOW_PRIVATE_NETWORKS', '10.0.0.0/8/8', /^LAPIS_ALLOW_PRIVATE_NETWORKS/],
    ['DATABASE_URL', 'mysql://a/b', /^DATABASE_URL is "mysql:\/\/a\/b"; allowed: postgres:/],
    ['DATABASE_URL', 'postgres://host', /^DATABASE_URL/],
  ])('%s=%s', (name, value, message) => {
    expect(() => parseSettings({ [name]: value })).toThrow(message)
  })

  it.each([
    ['DATABASE_URL', 'mysql://user:hunter2@host/db', 'hunter2'],
    ['LAPIS_API_KEY', 'hunter2', 'hunter2'],
  ])('but no secret is repeated: %s', (name, value, secret) => {
    let message = ''
    try {
      parseSettings({ [name]: value })
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain(name)
    expect(message).not.toContain(secret)
  })
})
