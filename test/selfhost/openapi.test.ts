import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Chance } from './api-fuzz/chance.ts'
import { ApiDocument, type Operation } from './api-fuzz/document.ts'
import { fuzz } from './api-fuzz/fuzz.ts'
import { meansOf } from './api-fuzz/means.ts'
import type { Means } from './api-fuzz/requests.ts'
import { sample } from './api-fuzz/sample.ts'
import { LaunchedPlatform } from './launched-platform.ts'

/** `LAPIS_FUZZ=20000` asks for more than there is time for in every run. */
const REQUESTS = Number(process.env['LAPIS_FUZZ'] ?? 600)
const SEED = Number(process.env['LAPIS_FUZZ_SEED'] ?? 20_261_124)
const FUZZ_TIMEOUT_MS = 1_800_000

let platform: LaunchedPlatform
let document: ApiDocument
let means: Means

beforeAll(async () => {
  platform = new LaunchedPlatform()
  await platform.start()
  means = await meansOf(platform)
  document = await ApiDocument.of(platform.url)
})

afterAll(() => platform.dispose())

function name({ method, path }: Operation): string {
  return `${method} ${path}`
}

/** The path with something in it that there is. */
function existing(path: string): string {
  const prefix = Object.keys(means.ids).find((known) => path.startsWith(known))
  return path.replaceAll(/\{\w+\}/g, means.ids[prefix ?? '']?.[0] ?? '')
}

/** Operations on what there is. Deliveries come only of receivers that answer: strangers.test.ts has some. */
function atHand(): Operation[] {
  const isKnown = (path: string) => Object.keys(means.ids).some((known) => path.startsWith(known))
  return document.operations.filter(({ path }) => !path.includes('{') || isKnown(path))
}

function ask({ method, path }: Operation, body?: string, headers: Record<string, string> = {}): Promise<Response> {
  return platform.call(method, existing(path), body, headers)
}

async function code(response: Response): Promise<string> {
  const text = await response.text()
  expect(document.problemFault(text), text).toBeUndefined()
  return (JSON.parse(text) as { code: string }).code
}

describe('every operation of the OpenAPI document', () => {
  it('that reads answers its owner as documented', async () => {
    const reading = atHand().filter(({ method, path }) => method === 'GET' && !path.endsWith('/events'))
    expect(reading.length).toBeGreaterThan(15)
    const onlyPeople = ['/v1/me', '/v1/account/export', '/v1/auth/session']
    for (const operation of reading) {
      const search = operation.query.flatMap(({ name: key, required, schema }) =>
        required ? [`${key}=${String(sample(document, schema, new Chance(1), key))}`] : [],
      )
      const response = await platform.call('GET', `${existing(operation.path)}?${search.join('&')}`)
      const text = await response.text()
      expect(document.fault(operation, response, text), `${name(operation)}: ${text.slice(0, 300)}`).toBeUndefined()
      expect(response.ok, `${name(operation)} ${response.status}`).toBe(!onlyPeople.includes(operation.path))
    }
  })

  it('says which methods there are when it is asked with another', async () => {
    for (const [path, alike] of Map.groupBy(atHand(), (operation) => operation.path)) {
      const other = ['PUT', 'PATCH'].find((method) => alike.every((each) => each.method !== method)) ?? 'POST'
      const response = await platform.call(other, existing(path), {})
      expect([response.status, await code(response)], path).toEqual([405, 'method_not_allowed'])
      for (const { method } of alike) expect(response.headers.get('allow'), path).toContain(method)
    }
  })

  it('that takes a body refuses every way of being none', async () => {
    for (const operation of atHand().filter(({ body }) => body !== undefined)) {
      const answers = await Promise.all([
        ask(operation, '{"broken":'),
        ask(operation, '<a/>', { 'content-type': 'application/xml' }),
        ask(operation, JSON.stringify({ filler: 'x'.repeat(1_000_001) })),
        ask(operation, '[]'),
      ])
      expect(await Promise.all(answers.map(code)), name(operation)).toEqual([
        'malformed_json',
        'unsupported_media_type',
        'body_too_large',
        'validation_failed',
      ])
    }
  })

  it('that takes a body refuses what it does not know, and what is of another type', async () => {
    for (const operation of atHand()) {
      if (!operation.body) continue
      const { properties = {} } = document.resolve(operation.body)
      const good = sample(document, operation.body, new Chance(7)) as Record<string, unknown>
      const spoilt = [
        { ...good, no_such_field: 1 },
        // Where any value is good there is none of another type.
        ...Object.entries(properties)
          .filter(([, schema]) => Object.keys(schema).length > 0)
          .map(([field]) => ({ ...good, [field]: { odd: [] } })),
      ]
      for (const body of spoilt) {
        const response = await ask(operation, JSON.stringify(body))
        expect([response.status, await code(response)], `${name(operation)} ${JSON.stringify(body)}`).toEqual([
          400,
          'validation_failed',
        ])
      }
    }
  })
})

it.each(['\u0000', 'a\ud800b'])(
  'text that can not be stored, such as %j, is refused and no fault of ours',
  async (text) => {
    const calls: [string, string, unknown][] = [
      ['POST', '/v1/keys', { name: text }],
      ['POST', '/v1/crawls', { url: 'http://127.0.0.1:9/', name: text }],
      ['POST', '/v1/crawls', { url: 'http://127.0.0.1:9/', scrapeOptions: { headers: { a: text } } }],
      ['GET', `/v1/crawls?cursor=${encodeURIComponent(text.toWellFormed())}`, undefined],
    ]
    for (const [method, path, body] of calls) {
      const response = await platform.call(method, path, body)
      expect([response.status, await code(response)], path).toEqual([400, 'validation_failed'])
    }
  },
)

it(
  `${REQUESTS} generated requests: no fault of ours, and every answer as documented`,
  async () => {
    const { requests, statuses, faults } = await fuzz(platform.url, means, { seed: SEED, count: REQUESTS })
    expect(faults.join('\n')).toBe('')
    expect(requests).toBe(REQUESTS)
    // Not all were refused, and not for one reason.
    for (const status of [200, 400, 401, 403, 404, 405, 422])
      expect(statuses[status], String(status)).toBeGreaterThan(0)
    expect((await platform.call('GET', '/ready')).status).toBe(200)
  },
  FUZZ_TIMEOUT_MS,
)
