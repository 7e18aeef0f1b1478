import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Operation, operations } from '../identity/operations.ts'
import { authorized, newPerson } from '../identity/sign-in.ts'

/** Well formed, and nobody's: what is wrong with a body is said before anything is looked for. */
const NO_ID = '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a'

interface Answer {
  status: number
  code?: string
  paths: string[]
}

let token = ''
let writes: Operation[] = []

beforeAll(async () => {
  token = (await newPerson()).accessToken
  // A mail program writes the body of that one, by RFC 8058.
  writes = (await operations()).filter(({ method, path }) => method !== 'GET' && path !== '/v1/unsubscribe')
})

async function answerTo({ method, path, search }: Operation, body: string, type = 'application/json'): Promise<Answer> {
  const response = await exports.default.fetch(`http://lapis.test${path.replace('{id}', NO_ID)}${search}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(type && { 'content-type': type }) },
    ...(body && { body }),
  })
  const text = await response.text()
  const problem = (text.startsWith('{') ? JSON.parse(text) : {}) as { code?: string; errors?: { path: string }[] }
  return {
    status: response.status,
    ...(problem.code && { code: problem.code }),
    paths: problem.errors?.map(({ path: at }) => at) ?? [],
  }
}

describe('every operation that is more than reading', () => {
  it('refuses a field that it does not know, and names it', async () => {
    expect(writes.length).toBeGreaterThan(30)
    for (const operation of writes) {
      const body = { ...operation.body, ...(operation.path === '/v1/channels' && { type: 'webhook' }), surprise: 1 }
      const { status, code, paths } = await answerTo(operation, JSON.stringify(body))
      expect([status, code], `${operation.method} ${operation.path}`).toEqual([400, 'validation_failed'])
      expect(paths, `${operation.method} ${operation.path}`).toContain('surprise')
    }
  })

  it('that takes no fields is content without a body, with an empty one and with an empty object', async () => {
    const bodiless = writes.filter(({ path, body }) => path.includes('{') && body === undefined)
    expect(bodiless.length).toBeGreaterThan(10)
    for (const operation of bodiless)
      for (const [body, type] of [
        ['', ''],
        ['', 'application/json'],
        ['{}', 'application/json'],
      ] as const) {
        const { status } = await answerTo(operation, body, type)
        expect(status, `${operation.method} ${operation.path} ${type} ${body}`).toBe(404)
      }
  })

  it('that takes no fields refuses what is no JSON object', async () => {
    const check = writes.find(({ path }) => path === '/v1/monitors/{id}/check')
    expect(check).toBeDefined()
    if (!check) return
    expect(await answerTo(check, '{"wait"')).toMatchObject({ status: 400, code: 'malformed_json' })
    expect(await answerTo(check, '[]')).toMatchObject({ status: 400, code: 'validation_failed' })
    expect(await answerTo(check, 'wait=1', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415 })
  })
})

it('every operation refuses a query that it does not know, and names it', async () => {
  const all = await operations()
  for (const operation of all.filter(({ path }) => path.startsWith('/v1/'))) {
    const search = `${operation.search}${operation.search ? '&' : '?'}surprise=1`
    const body = operation.method === 'GET' ? '' : '{}'
    const { status, paths } = await answerTo({ ...operation, search }, body)
    // A body is read first where there is one.
    expect(status, `${operation.method} ${operation.path}`).toBe(400)
    expect(paths, `${operation.method} ${operation.path}`).toContain('surprise')
  }
})

it('a nested field that is not known is named by its place', async () => {
  const response = await authorized(token, '/v1/crawls', 'POST', {
    url: 'http://127.0.0.1:9/',
    scrapeOptions: { onlyMainContents: true },
  })
  const { errors } = await response.json<{ errors: { path: string; message: string }[] }>()
  expect(errors).toEqual([
    { path: 'scrapeOptions.onlyMainContents', message: expect.stringContaining('`onlyMainContent`') as string },
  ])
})
