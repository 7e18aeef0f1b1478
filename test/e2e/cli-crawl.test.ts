import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FAKE_KEY, FAKE_WARC, FakeApi, type FakeApiBehaviour } from './cli-fake-api.ts'
import { CliProcess, jsonLines, runCli } from './cli-process.ts'

vi.setConfig({ testTimeout: 20_000 })

let out = ''
let api: FakeApi

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'lapis-cli-'))
})

afterEach(async () => {
  await api.stop()
  rmSync(out, { recursive: true, force: true })
})

async function crawlArgs(behaviour: Partial<FakeApiBehaviour> = {}, ...more: string[]): Promise<string[]> {
  api = await new FakeApi(behaviour).start()
  return ['crawl', 'site.example', '--api', api.url, '--key', FAKE_KEY, '--out', out, ...more]
}

function linesOf(name: string): unknown[] {
  return jsonLines(readFileSync(join(out, name), 'utf8'))
}

describe('a crawl', () => {
  it('writes every page of every list page, and exits with 0', async () => {
    const { exitCode, stdout, stderr } = await runCli(await crawlArgs({ pages: 123, pagesPerLook: 123 }))
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    expect(linesOf('pages.jsonl').map((page) => (page as { url: string }).url)).toEqual(
      Array.from({ length: 123 }, (_, number) => `https://site.example/page/${number}`),
    )
    expect(readdirSync(join(out, 'pages'))).toHaveLength(123)
    expect(readFileSync(join(out, 'pages', 'page--7.md'), 'utf8')).toContain('title: "Page \\"7\\""\n')
    expect(linesOf('urls.jsonl')).toHaveLength(127)
    expect(readFileSync(join(out, 'crawl.warc.gz'))).toEqual(FAKE_WARC)
    expect(api.requests.filter((request) => request.includes('/pages?'))).toHaveLength(3)
    expect(stderr).toContain('Taking "site.example" for https://site.example/')
    expect(stdout).toMatch(/Done: 123 pages from https:\/\/site\.example\/ in 2\.0 s, 61\.5 pages\/s, 123 kB/)
    expect(stdout).toMatch(/failed +2 +http_error 1 · redirect_loop 1/)
    expect(stdout).toMatch(/skipped +1 +robots 1/)
    expect(stdout).toContain('https://site.example/broken  http_error 500')
  })

  it('keeps in crawl.json what a newer platform says', async () => {
    await runCli(await crawlArgs())
    expect(JSON.parse(readFileSync(join(out, 'crawl.json'), 'utf8'))).toMatchObject({
      status: 'completed',
      addedLater: 'a newer platform says more',
    })
  })

  it('sends the options, and nothing that was not said', async () => {
    await runCli(await crawlArgs({}, '--limit', '9', '--delay', '0', '--include', '^/a', '--render', 'always'))
    expect(api.orders).toEqual([
      {
        url: 'https://site.example/',
        limit: 9,
        delayMs: 0,
        includePaths: ['^/a'],
        scrapeOptions: { render: 'always' },
      },
    ])
  })

  it('says nothing on stdout with --json but progress and one summary', async () => {
    const { exitCode, stdout } = await runCli(await crawlArgs({}, '--json'))
    const lines = jsonLines(stdout)
    expect(exitCode).toBe(0)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.slice(0, -1).every(({ type }) => type === 'progress')).toBe(true)
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      status: 'completed',
      pages: 5,
      failed: { http_error: 1, redirect_loop: 1 },
      skipped: { robots: 1 },
      duplicate: { same_content: 1 },
      durationMs: 2_000,
      out,
    })
  })

  it('that failed exits with 1 and tells why', async () => {
    const { exitCode, stdout } = await runCli(await crawlArgs({ ends: 'failed' }))
    expect(exitCode).toBe(1)
    expect(stdout).toContain('The crawl failed: site.example has no address. (dns_failure)')
  })

  it('that is cancelled by somebody else exits with 1 and writes what there is', async () => {
    const cli = new CliProcess(await crawlArgs({ pages: 100, pagesPerLook: 1 }))
    await cli.says('Crawling')
    await fetch(`${api.url}/v1/crawls/01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a/cancel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${FAKE_KEY}` },
    })
    const { exitCode, stdout } = await cli.ended
    expect(exitCode).toBe(1)
    expect(stdout).toContain('The crawl was cancelled')
    expect(readdirSync(out)).toContain('crawl.json')
  })
})

describe('the progress of a crawl', () => {
  /** How often the command has asked how the crawl stands, and for its events. */
  const asked = (): { crawl: number; events: number } => ({
    crawl: api.requests.filter((request) => /^GET \/v1\/crawls\/[^/]+$/.test(request)).length,
    events: api.requests.filter((request) => request.endsWith('/events')).length,
  })

  it('is read from its events; how it stands is asked once, at the end', async () => {
    const args = await crawlArgs({ pages: 15, pagesPerLook: 1 }, '--json')
    const { exitCode, stdout } = await runCli(args)
    expect([exitCode, asked()]).toEqual([0, { crawl: 1, events: 1 }])
    const lines = jsonLines(stdout)
    // A line at the beginning, and one a second: 15 events take 1.5 s.
    expect(lines.slice(0, 2).map(({ type }) => type)).toEqual(['progress', 'progress'])
    expect(Object.keys(lines[1] ?? {})).toEqual(
      expect.arrayContaining(['id', 'url', 'status', 'counts', 'bytes', 'limit', 'pagesPerSecond', 'etaSeconds']),
    )
    expect(lines[1]).toMatchObject({ url: 'https://site.example/', status: 'running' })
    expect(lines.at(-1)).toMatchObject({ type: 'summary', status: 'completed', pages: 15 })
  })

  it.each(['absent', 'kept back'] as const)(
    'is asked for where events are %s, and they are tried once',
    async (events) => {
      const { exitCode } = await runCli(await crawlArgs({ pages: 3, pagesPerLook: 1, events }, '--json'))
      expect([exitCode, asked()]).toEqual([0, { crawl: 3, events: 1 }])
      expect(linesOf('pages.jsonl')).toHaveLength(3)
    },
  )

  it('is read from its events again after a restart of the platform', async () => {
    const cli = new CliProcess(await crawlArgs({ pages: 40, pagesPerLook: 1 }, '--json'))
    await cli.says(/"fetched":[1-9]/)
    await api.stop()
    await api.start()
    const { exitCode, stdout } = await cli.ended
    expect([exitCode, asked().events]).toEqual([0, 2])
    expect(asked().crawl).toBeLessThanOrEqual(3)
    expect(jsonLines(stdout).at(-1)).toMatchObject({ type: 'summary', status: 'completed', pages: 40 })
  })
})

describe('a refusal', () => {
  it('of a field exits with 2 and names the option', async () => {
    const refusal = {
      status: 400,
      code: 'validation_failed',
      detail: 'The request is not valid.',
      errors: [{ path: 'includePaths.0', message: 'too complex' }],
    }
    const { exitCode, stderr, stdout } = await runCli(await crawlArgs({ refusal }, '--json'))
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain('The request is not valid.\n  --include: too complex\n')
    expect(readdirSync(out)).toEqual([])
  })

  it('of a private address says how to allow it', async () => {
    const refusal = { status: 422, code: 'address_not_allowed', detail: '127.0.0.1 is not public.' }
    const args = (await crawlArgs({ refusal })).with(1, 'http://127.0.0.1:3000/')
    const { exitCode, stderr } = await runCli(args)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('LAPIS_ALLOW_PRIVATE_NETWORKS=127.0.0.0/8')
  })

  it('of the key says so', async () => {
    const { exitCode, stderr } = await runCli((await crawlArgs()).with(5, 'lps_wrong'))
    expect(exitCode).toBe(1)
    expect(stderr).toContain('The key is not accepted')
  })

  it('by nobody at all comes soon', async () => {
    const args = await crawlArgs()
    await api.stop()
    const { exitCode, stderr } = await runCli(args)
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`No Lapis Spider answers at ${api.url}`)
  })
})

describe('an outage', () => {
  it('of the platform is ridden out', async () => {
    const cli = new CliProcess(await crawlArgs({ pages: 4, pagesPerLook: 1 }))
    await cli.says('Crawling')
    await api.stop()
    await cli.says('does not answer')
    await api.start()
    const { exitCode, stderr } = await cli.ended
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    expect(stderr).toContain('The platform answers again.')
    expect(linesOf('pages.jsonl')).toHaveLength(4)
  })

  it('in the middle of a download starts the download over', async () => {
    const { exitCode } = await runCli(await crawlArgs({ brokenDownloads: 2 }))
    expect(exitCode).toBe(0)
    expect(readFileSync(join(out, 'crawl.warc.gz'))).toEqual(FAKE_WARC)
  })
})

describe('an interrupt', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s cancels the crawl, writes what was fetched and exits with 130',
    async (signal) => {
      const cli = new CliProcess(await crawlArgs({ pages: 1_000, pagesPerLook: 1 }, '--json'))
      await cli.says(/"fetched":[1-9]/)
      cli.child.kill(signal)
      const { exitCode, stdout } = await cli.ended
      expect(exitCode).toBe(130)
      const summary = jsonLines(stdout).at(-1)
      expect(summary).toMatchObject({ type: 'summary', status: 'cancelled', interrupted: true })
      expect(linesOf('pages.jsonl')).toHaveLength(Number(summary?.['pages']))
      expect(api.requests.filter((request) => request.endsWith('/cancel'))).toHaveLength(1)
    },
  )

  it('that reaches the command three times at once, from the terminal, npm and the bootstrap, is one', async () => {
    const cli = new CliProcess(await crawlArgs({ pages: 1_000, pagesPerLook: 1 }))
    await cli.says('Crawling')
    for (let times = 0; times < 3; times++) cli.child.kill('SIGINT')
    const { exitCode, stdout } = await cli.ended
    expect(exitCode).toBe(130)
    expect(stdout).toContain('Interrupted: ')
  })

  it('repeated leaves at once and leaves nothing half-written', async () => {
    const cli = new CliProcess(await crawlArgs({ pages: 1_000, pagesPerLook: 1 }))
    await cli.says('Crawling')
    // Nobody answers any more, so that the first one can't get done.
    await api.stop()
    const again = setInterval(() => cli.child.kill('SIGINT'), 200)
    const { exitCode, stderr } = await cli.ended
    clearInterval(again)
    expect(exitCode).toBe(130)
    expect(stderr).toContain('Left at once')
    expect(readdirSync(out)).toEqual([])
  })
})

it('a reader that goes away ends the crawl as an interrupt does', async () => {
  const cli = new CliProcess(await crawlArgs({ pages: 1_000, pagesPerLook: 1 }, '--json'))
  await cli.says('progress')
  cli.child.stdout?.destroy()
  const { exitCode } = await cli.ended
  expect(exitCode).toBe(130)
  expect(readdirSync(out)).toContain('crawl.json')
})

it.each([[[]], [['example.com', '--limit', 'many']], [['http://']], [['--nonsense']]])(
  'bad arguments %j exit with 2, one line, and an empty stdout',
  async (args) => {
    api = new FakeApi()
    const { exitCode, stdout, stderr } = await runCli(['crawl', ...args, '--json'])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  },
)
