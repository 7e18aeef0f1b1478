import { describe, expect, it } from 'vitest'
import { authorized } from '../identity/sign-in.ts'
import { newOwner } from '../owner.ts'

const WATCHED = { name: 'Kettle', url: 'http://127.0.0.1:9/', schedule: { every: '1d' }, enabled: false }

interface Shown {
  id: string
  render: string
  scrapeOptions?: Record<string, unknown>
}

async function paths(key: string, path: string, method: string, body: object): Promise<string[]> {
  const response = await authorized(key, path, method, body)
  const { errors = [] } = await response.json<{ errors?: { path: string }[] }>()
  expect(response.status, path).toBe(400)
  return errors.map((error) => error.path)
}

async function made(key: string, more: object): Promise<Shown> {
  const response = await authorized(key, '/v1/monitors', 'POST', { ...WATCHED, ...more })
  expect(response.status, await response.clone().text()).toBe(201)
  return response.json<Shown>()
}

describe('settings of a monitor that could never do anything', () => {
  const idle: [string, object][] = [
    ['trigger.conditions.0.field', { trigger: { conditions: [{ field: 'width', is: '<', value: 3 }] } }],
    ['trigger.threshold', { trigger: { threshold: {} } }],
    ['trigger.knownStates', { target: 'site', trigger: { knownStates: false } }],
    ['scrapeOptions.includeSelectors', { scrapeOptions: { includeSelectors: ['main'] } }],
    ['scrapeOptions.formats', { scrapeOptions: { formats: ['html'] } }],
    ['scrapeOptions.render', { render: 'never', scrapeOptions: { render: 'always' } }],
    ['select.include.0', { select: { include: ['p[['] } }],
  ]

  it.each(idle)('are refused when it is made, changed or tried out: %s', async (path, settings) => {
    const key = await newOwner()
    expect(await paths(key, '/v1/monitors', 'POST', { ...WATCHED, ...settings })).toEqual([path])
    const { id } = await made(key, { name: 'Pot' })
    expect(await paths(key, `/v1/monitors/${id}`, 'PATCH', settings)).toEqual([path])
    expect(await paths(key, '/v1/monitors/preview', 'POST', { url: WATCHED.url, ...settings })).toEqual([path])
  })

  it('are refused where only an answer shows them', async () => {
    const key = await newOwner()
    const { id } = await made(key, { enabled: true })
    expect(await paths(key, `/v1/monitors/${id}`, 'PATCH', { status: 'paused' })).toEqual(['status'])
    const paused = await authorized(key, `/v1/monitors/${id}`, 'PATCH', { status: 'paused', enabled: false })
    expect(await paused.json()).toMatchObject({ status: 'paused' })
  })

  it('are named in an import, and stop nothing', async () => {
    const key = await newOwner()
    const content = 'https://ada:secret@example.com/\nhttps://example.com/'
    const response = await authorized(key, '/v1/monitors/import', 'POST', { format: 'urls', content })
    const imported = await response.json<{ created: number; refused: { reason: string }[] }>()
    expect(imported.created).toBe(1)
    expect(imported.refused.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^`url` has a user name or password in it/),
    ])
    const watches = [
      { url: 'https://example.com/a', headers: { Host: 'b.example', Accept: 'text/html' } },
      { url: 'https://example.com/b', include_filters: ['p[['] },
      { url: 'https://example.com/c', headers: { Accept: 'text/html' } },
    ]
    const other = { format: 'changedetection', content: JSON.stringify(watches) }
    const second = await (await authorized(key, '/v1/monitors/import', 'POST', other)).json<typeof imported>()
    expect(second.created).toBe(1)
    expect(second.refused.map(({ reason }) => /^`([^`]+)`/.exec(reason)?.[1])).toEqual([
      'scrapeOptions.headers.Host',
      'select.include.0',
    ])
  })
})

describe('how a page is rendered', () => {
  it('is shown in one place, wherever it was said', async () => {
    const key = await newOwner()
    const one = await made(key, { scrapeOptions: { render: 'never', locale: 'de-AT' } })
    expect(one.render).toBe('never')
    expect(one.scrapeOptions).toMatchObject({ locale: 'de-AT' })
    expect(one.scrapeOptions).not.toHaveProperty('render')
    const two = await made(key, { render: 'never', scrapeOptions: {} })
    expect([two.render, two.scrapeOptions]).toEqual([
      'never',
      expect.not.objectContaining({ render: expect.anything() }),
    ])
  })

  it('stays as it is when an answer is sent back', async () => {
    const key = await newOwner()
    const one = await made(key, { render: 'never', scrapeOptions: { mobile: true } })
    const response = await authorized(key, `/v1/monitors/${one.id}`, 'PATCH', one)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(one)
  })
})
