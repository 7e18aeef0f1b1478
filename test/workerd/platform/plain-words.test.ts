import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { send } from './api-calls.ts'

const PAGE = 'https://example.com/'
const WATCHED = { name: 'a', url: PAGE, schedule: { every: '1d' } }

interface Problem {
  status: number
  code: string
  detail: string
  errors: { path: string; message: string }[]
}

async function refused(path: string, body?: unknown): Promise<Problem> {
  const response = await send(await newOwner(), path, body)
  const problem = await response.json<Problem>()
  expect(response.status, JSON.stringify(problem)).toBe(400)
  return problem
}

describe('what is wrong with a request is said in plain words', () => {
  it.each<[string, unknown, string]>([
    ['/v1/scrape', {}, '`url` is missing.'],
    ['/v1/scrape', [], 'The request must be an object; it was a list.'],
    ['/v1/scrape', { url: 1 }, '`url` must be text; it was 1.'],
    ['/v1/scrape', { url: 'x' }, '`url`: give an absolute http:// or https:// URL; it was "x".'],
    ['/v1/scrape', { url: PAGE, timeout: '5s' }, '`timeout` must be a whole number from 100 to 120000; it was "5s".'],
    ['/v1/scrape', { url: PAGE, timeout: 5 }, '`timeout` must be a whole number from 100 to 120000; it was 5.'],
    ['/v1/scrape', { url: PAGE, timeout: 500.5 }, '`timeout` must be a whole number from 100 to 120000; it was 500.5.'],
    ['/v1/scrape', { url: PAGE, onlyMainContent: 'yes' }, '`onlyMainContent` must be true or false; it was "yes".'],
    ['/v1/scrape', { url: PAGE, formats: 'text' }, '`formats` must be a list; it was "text".'],
    ['/v1/scrape', { url: PAGE, formats: [] }, '`formats` must have at least one entry.'],
    [
      '/v1/scrape',
      { url: PAGE, formats: [{ type: 'photo' }] },
      '`formats.0.type` must be one of "screenshot", "pdf", "fields"; it was "photo".',
    ],
    [
      '/v1/scrape',
      { url: PAGE, waitFor: true },
      '`waitFor` must be a whole number from 0 to 60000, or text; it was true.',
    ],
    ['/v1/scrape', { url: PAGE, render: 'sure' }, '`render` must be one of "auto", "never", "always"; it was "sure".'],
    ['/v1/scrape', { url: `${PAGE}${'x'.repeat(2_000)}` }, '`url`: a URL has at most 2,000 characters; it has 2020.'],
    [
      '/v1/crawls',
      { url: PAGE, limit: 0, maxDepht: 3 },
      '`limit` must be a whole number from 1 to 1000000; it was 0. `maxDepht` is not known here; did you mean `maxDepth`?',
    ],
    ['/v1/crawls', { url: PAGE, since: 'x' }, '`since` must be an id: a UUID as the API gives them; it was "x".'],
    [
      '/v1/crawls',
      { url: PAGE, formats: ['html'] },
      '`formats` is not known here; did you mean `scrapeOptions.formats`?',
    ],
    [
      '/v1/scrape',
      { url: PAGE, render: 'always', waitFor: 'p[' },
      '`waitFor`: “p[” is no CSS selector: Expected name, found its end.',
    ],
    ['/v1/crawls?limit=abc', undefined, '`limit` must be a whole number from 1 to 1000; it was "abc".'],
    ['/v1/crawls?limit=5000', undefined, '`limit` must be a whole number from 1 to 1000; it was "5000".'],
    ['/v1/scrape?render=always', { url: PAGE }, '`render` is not known here: this takes no query.'],
    ['/v1/crawls?page=2', undefined, '`page` is not known here; known are `limit`, `cursor`.'],
    [
      '/v1/crawls?cursor=2',
      undefined,
      '`cursor` is no cursor of this list; use the `nextCursor` of the page before, unchanged.',
    ],
    ['/v1/batches', { urls: [PAGE, 'x'] }, '`urls.1`: give an absolute http:// or https:// URL; it was "x".'],
    ['/v1/monitors', {}, '`name` is missing. `url` is missing. `schedule` is missing.'],
    ['/v1/monitors', { ...WATCHED, name: '' }, '`name` must not be empty.'],
    [
      '/v1/monitors',
      { ...WATCHED, schedule: {} },
      '`schedule` needs `every`, or `cron` and `timezone`, or `adaptive`.',
    ],
    ['/v1/monitors', { ...WATCHED, schedule: { cron: '0 9 * * *' } }, '`schedule.timezone` is missing.'],
    [
      '/v1/monitors',
      { ...WATCHED, schedule: { every: '5' } },
      '`schedule.every`: give a number and one of s, m, h, d, w: "15m"; it was "5".',
    ],
    [
      '/v1/monitors',
      { ...WATCHED, mutedUntil: 'noon' },
      '`mutedUntil` must be a time in UTC, such as "2026-11-24T12:00:00Z"; it was "noon".',
    ],
    [
      '/v1/monitors',
      { ...WATCHED, trigger: { conditions: [{ field: 'x' }] } },
      '`trigger.conditions.0.is` is missing; it must be one of "<", "<=", ">", ">=", "=", "!=". `trigger.conditions.0.value` is missing.',
    ],
    [
      '/v1/channels',
      { name: 'x' },
      '`type` is missing; it must be one of "webhook", "email", "slack", "discord", "teams", "telegram", "ntfy".',
    ],
    ['/v1/invitations', { email: 'x' }, '`email` must be an e-mail address; it was "x".'],
    ['/v1/keys', { name: 'a', expiresAt: '2020-01-01T00:00:00Z' }, '`expiresAt` must be a time to come.'],
  ])('POST or GET %s %j', async (path, body, detail) => {
    expect(await refused(path, body)).toMatchObject({ code: 'validation_failed', detail })
  })
})

it('a fetch that takes too long names the bound that was set, whatever was left of it', async () => {
  const site = await openSite({ '/slow': { delayMs: 3_000, body: 'late' } })
  const response = await send(await newOwner(), '/v1/scrape', { url: `${site.origin}/slow`, timeout: 400 })
  expect(await response.json()).toMatchObject({
    code: 'timeout',
    detail: 'No complete answer within 400 ms, the `timeout`.',
  })
})

it('a long list of values is cut, and one complaint is made of a place', async () => {
  const { detail } = await refused('/v1/audit-events?action=bad')
  expect(detail).toMatch(
    /^`action` must be one of "account\.registered", .*, … \(\d+ in all, see \/openapi\.json\); it was "bad"\.$/,
  )
  const { errors } = await refused('/v1/monitors', { ...WATCHED, schedule: { every: '5' } })
  expect(errors).toHaveLength(1)
})

it('no end of faults is told to an end', async () => {
  const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, index]))
  const { errors } = await refused('/v1/crawls', { url: PAGE, ...fields })
  expect(errors).toHaveLength(100)
})

describe('no secret is shown again', () => {
  const SECRET = 'hunter2'

  it.each<[string, object]>([
    ['/v1/scrape', { url: `https://ada:${SECRET}@example.com/` }],
    ['/v1/scrape', { url: `ftp://ada:${SECRET}@example.com/` }],
    ['/v1/scrape', { url: `example.com/?token=${SECRET}` }],
    ['/v1/scrape', { url: PAGE, headers: { 'X Y': SECRET } }],
    ['/v1/scrape', { url: PAGE, headers: { Authorization: `${SECRET}\n` } }],
    ['/v1/scrape', { url: PAGE, headers: SECRET }],
    ['/v1/scrape', { url: PAGE, cookies: [{ name: 'a', value: `${SECRET};` }] }],
    ['/v1/scrape', { url: PAGE, auth: SECRET }],
    ['/v1/scrape', { url: PAGE, auth: { type: 'basic', username: 'a:b', password: `${SECRET}\n` } }],
    ['/v1/scrape', { url: PAGE, actions: [{ type: 'type', text: SECRET, selektor: '#a' }] }],
    ['/v1/crawls', { url: PAGE, webhook: { url: PAGE, secret: SECRET } }],
    ['/v1/crawls', { url: PAGE, webhook: `https://ada:${SECRET}@example.com/` }],
    ['/v1/crawls', { url: PAGE, webhook: SECRET }],
    ['/v1/channels', { type: 'slack', name: 'x', config: { url: SECRET } }],
    ['/v1/channels', { type: 'telegram', name: 'x', config: { botToken: SECRET, chatId: SECRET } }],
    ['/v1/channels', { type: 'ntfy', name: 'x', config: SECRET }],
    ['/v1/auth/register', { email: 'x', password: { is: SECRET } }],
    ['/v1/auth/refresh', { refreshToken: [SECRET] }],
  ])('%s %j', async (path, body) => {
    expect(JSON.stringify(await refused(path, body))).not.toContain(SECRET)
  })
})

it('nor where it makes the body no JSON', async () => {
  const headers = { authorization: `Bearer ${await newOwner()}`, 'content-type': 'application/json' }
  for (const body of ['{"password":hunter2}', 'password=hunter2', '{"password":"hunter2" "x"}']) {
    const response = await exports.default.fetch('http://lapis.test/v1/crawls', { method: 'POST', headers, body })
    const text = await response.text()
    expect(text).toContain('malformed_json')
    expect(text).not.toContain('hunter2')
  }
})

it('what is nested without end is refused before anything walks it', async () => {
  let condition: object = { contains: 'x' }
  for (let level = 0; level < 20_000; level += 1) condition = { not: condition }
  const { detail } = await refused('/v1/monitors', { ...WATCHED, trigger: { conditions: [condition] } })
  expect(detail).toBe('The request may be nested at most 64 levels deep.')
})
