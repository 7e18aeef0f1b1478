import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linkedSite } from '../fixtures/sites/linked-site.ts'
import { LaunchedPlatform } from './launched-platform.ts'

/** Its packages are many, and none of ours: `npm ci --prefix test/postman`. */
const INSTALLED = fileURLToPath(new URL('../postman/node_modules', import.meta.url))
const NEWMAN = join(INSTALLED, 'newman', 'bin', 'newman.js')

interface Report {
  run: { executions: { request: { url: { path: string[] } }; response: { code: number } }[] }
}

function run(args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [NEWMAN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

describe.skipIf(!existsSync(NEWMAN))('the Postman collection', () => {
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

  it('run by newman is answered as documented, request by request', async () => {
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
    const ofCrawls = done.executions.filter(({ request }) => request.url.path[1] === 'crawls')
    expect(ofCrawls.length).toBeGreaterThan(8)
    expect(ofCrawls.filter(({ response }) => response.code >= 300)).toEqual([])
  })
})
