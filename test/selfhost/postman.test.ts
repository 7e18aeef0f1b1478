import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkedSite } from '../fixtures/sites/linked-site.ts'
import { ApiDocument } from './api-fuzz/document.ts'
import { LaunchedPlatform } from './launched-platform.ts'

/** Its packages are many, and none of ours: `npm ci --prefix test/postman`. */
const INSTALLED = fileURLToPath(new URL('../postman/node_modules', import.meta.url))
const NEWMAN = join(INSTALLED, 'newman', 'bin', 'newman.js')

interface Item {
  name: string
  request: { method: string; url: { path: string[] }; body?: { raw: string } }
}

interface Collection {
  info: { schema: string }
  item: { name: string; item: Item[] }[]
}

interface Report {
  run: { executions: { response: { code: number } }[] }
}

let platform: LaunchedPlatform
let site: Awaited<ReturnType<typeof linkedSite>>

beforeAll(async () => {
  site = await linkedSite({ pages: 5, robots: '' })
  platform = new LaunchedPlatform({ LAPIS_RENDER: 'off' })
  await platform.start()
})

afterAll(async () => {
  await platform.dispose()
  await site.close()
})

function run(args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [NEWMAN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

describe('the Postman collection', () => {
  it('has a request for every operation but the stream of events, with the body that it needs', async () => {
    const { info, item } = await platform.json<Collection>('GET', '/postman.json')
    expect(info.schema).toContain('v2.1.0')
    const requests = item.flatMap((group) => group.item).map(({ request }) => request)
    const paths = requests.map(({ method, url }) => `${method} /${url.path.join('/').replaceAll(/:(\w+)/g, '{$1}')}`)
    const { operations } = await ApiDocument.of(platform.url)
    const wanted = operations.filter(({ path }) => !path.endsWith('/events'))
    expect(paths.toSorted()).toEqual(wanted.map(({ method, path }) => `${method} ${path}`).toSorted())
    for (const { body } of requests) expect(() => JSON.parse(body?.raw ?? '{}') as unknown).not.toThrow()
  })

  it('makes requests that are good: what it creates is created', async () => {
    const { item } = await platform.json<Collection>('GET', '/postman.json')
    for (const [group, path] of [
      ['crawls', '/v1/crawls'],
      ['keys', '/v1/keys'],
      ['monitors', '/v1/monitors'],
      ['channels', '/v1/channels'],
    ]) {
      const all = item.find(({ name }) => name === group)?.item ?? []
      const create = all.find(({ request }) => request.method === 'POST' && request.url.path.length === 2)
      const body = create?.request.body?.raw.replaceAll('{{site}}/', `${site.url}`)
      const response = await platform.call('POST', path ?? '', body)
      expect(response.status, await response.text()).toBeOneOf([201, 202])
    }
  })

  it.skipIf(!existsSync(NEWMAN))('run by newman is answered as documented, request by request', async () => {
    const [file, said] = ['postman.json', 'newman.json'].map((name) => join(platform.dataDirectory, name)) as [
      string,
      string,
    ]
    writeFileSync(file, JSON.stringify(await platform.json('GET', '/postman.json')))
    const variables = { baseUrl: platform.url, apiKey: platform.key, site: String(site.url).replace(/\/$/, '') }
    const given = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`])
    const reporting = ['--reporters', 'cli,json', '--reporter-json-export', said, '--color', 'off']
    const { code, output } = await run(['run', file, ...given, ...reporting, '--timeout-request', '20000'])
    expect(code, output).toBe(0)
    const { run: done } = JSON.parse(readFileSync(said, 'utf8')) as Report
    const codes = done.executions.map(({ response }) => response.code)
    expect(codes.filter((status) => status >= 500)).toEqual([])
    // The rest is of people, who sign in, and of what nobody has made: changes, deliveries.
    expect(codes.filter((status) => status < 300).length).toBeGreaterThan(50)
    const ofCrawls = done.executions.slice(-11).map(({ response }) => response.code)
    expect(
      ofCrawls.every((status) => status < 300),
      output,
    ).toBe(true)
  })
})
