import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CommandFault } from '../../../../src/cli/command-fault.ts'
import type { CrawlCommand } from '../../../../src/cli/crawl/crawl-command.ts'
import { crawlRequest } from '../../../../src/cli/crawl/crawl-order.ts'
import { runProgram } from '../../../../src/cli/program.ts'

async function read(args: string[], environment: Record<string, string> = {}): Promise<CrawlCommand> {
  let command: CrawlCommand | undefined
  await runProgram(['crawl', ...args], environment, {
    crawl: async (given) => {
      command = given
    },
  })
  if (!command) throw new Error('the command was not run')
  return command
}

async function refusal(args: string[], environment: Record<string, string> = {}): Promise<CommandFault> {
  const fault = await read(args, environment).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (fault instanceof CommandFault) return fault
  throw new Error(`not refused: ${args.join(' ')}`)
}

describe('the URL to crawl', () => {
  it.each([
    ['example.com', 'https://example.com/'],
    ['example.com/docs?a=1', 'https://example.com/docs?a=1'],
    ['example.com:8443', 'https://example.com:8443/'],
    ['//example.com/x', 'https://example.com/x'],
    ['localhost:3000', 'http://localhost:3000/'],
    ['127.0.0.1:8080/a', 'http://127.0.0.1:8080/a'],
    ['bücher.de', 'https://xn--bcher-kva.de/'],
  ])('%s means %s, and the user is told', async (typed, url) => {
    const { order, remark } = await read([typed])
    expect(order.url).toBe(url)
    expect(remark).toContain(url)
  })

  it.each(['https://ada:hunter2@example.com/', 'ada:hunter2@example.com'])(
    '%s is refused without repeating what may be a password',
    async (typed) => {
      const { message } = await refusal([typed])
      expect(message).toContain('Leave the user name and password out of the URL')
      expect(message).not.toContain('hunter2')
    },
  )

  it('is taken as it is when it has a scheme', async () => {
    const { order, remark } = await read(['http://example.com/a'])
    expect([order.url, remark]).toEqual(['http://example.com/a', undefined])
  })

  it.each([
    '',
    'http://',
    'https:///',
    'ftp://example.com',
    'mailto:a@b.c',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'exmaple',
    'not a url',
    'https://a b/',
  ])('%j is refused as a bad argument', async (typed) => {
    expect((await refusal([typed])).exitCode).toBe(2)
  })
})

describe('bad arguments', () => {
  it.each([
    [[], /--demo/],
    [['a.b', '--limit', '0'], /--limit.*'0'.*from 1 to 1000000/],
    [['a.b', '--limit', '1e3'], /--limit/],
    [['a.b', '--limit', '2.5'], /--limit/],
    [['a.b', '--limit'], /--limit.*missing/],
    [['a.b', '--max-depth', '-1'], /--max-depth/],
    [['a.b', '--delay', '5s'], /--delay.*whole number/],
    [['a.b', '--concurrency', '65'], /--concurrency.*1 to 64/],
    [['a.b', '--include', '('], /--include.*regular expression/],
    [['a.b', '--exclude', '(?=x)'], /--exclude.*without look-ahead/],
    [['a.b', '--formats', 'markdown,pdf'], /"pdf" is no format.*markdown/],
    [['a.b', '--render', 'sometimes'], /auto, never, always/],
    [['a.b', '--api', 'nonsense', '--key', 'k'], /--api.*http:\/\/127/],
    [['a.b', '--api', 'http://127.0.0.1:1'], /LAPIS_API_KEY/],
    [['a.b', '--key', 'k'], /--api/],
    [['a.b', 'c.d'], /Too many arguments/],
    [['a.b', '--limt', '5'], /--limt.*Did you mean --limit/],
    [['--demo', 'a.b'], /leave out/],
    [['a.b', '--since', 'no-such-folder'], /--since.*id of a crawl or the folder.*no-such-folder/],
    [['--demo', '--since', '0192d7c5-0000-7000-8000-000000000000'], /leave out --since/],
    [['--demo', '--api', 'http://127.0.0.1:1'], /leave out/],
  ])('%j: one line that says what to do', async (args, line) => {
    const { exitCode, message } = await refusal(args)
    expect(exitCode).toBe(2)
    expect(message).toMatch(line)
    expect(message).not.toContain('\n')
  })
})

describe('options', () => {
  it('send nothing but the URL and the limit when none are given', async () => {
    expect(crawlRequest((await read(['example.com'])).order)).toEqual({ url: 'https://example.com/', limit: 100 })
  })

  it('become the fields of the crawl request', async () => {
    const args =
      'example.com --limit 7 --max-depth 0 --include ^/a --include ^/b --exclude \\.pdf$ --delay 0 --concurrency 3 --render always --formats markdown,links'
    expect(crawlRequest((await read(args.split(' '))).order)).toEqual({
      url: 'https://example.com/',
      limit: 7,
      maxDepth: 0,
      includePaths: ['^/a', '^/b'],
      excludePaths: ['\\.pdf$'],
      delayMs: 0,
      maxConcurrency: 3,
      scrapeOptions: { render: 'always', formats: ['markdown', 'links'] },
    })
  })

  it.each(['^/docs/', '\\u00e9', '(?<year>\\d{4})', '(?i)readme'])('take the pattern %s', async (source) => {
    expect((await read(['a.b', '--include', source])).order.include).toEqual([source])
  })

  it('name the server and take its key from the environment', async () => {
    const { platform } = await read(['a.b', '--api', 'https://lapis.example/base/'], { LAPIS_API_KEY: 'lps_x' })
    expect(platform).toEqual({ kind: 'given', url: 'https://lapis.example/base', key: 'lps_x' })
  })

  it('write below crawl-output by default, in a folder named for the host', async () => {
    expect((await read(['http://127.0.0.1:8080/'])).out).toMatch(/[\\/]crawl-output[\\/]127\.0\.0\.1_8080$/)
  })

  it('name the former crawl by its id or by the folder of its result', async () => {
    const id = '0192d7c5-0000-7000-8000-000000000000'
    const folder = mkdtempSync(join(tmpdir(), 'lapis-since-'))
    writeFileSync(join(folder, 'crawl.json'), JSON.stringify({ id }))
    for (const since of [id, folder])
      expect(crawlRequest((await read(['a.b', '--since', since])).order)).toMatchObject({ since: id })
    rmSync(folder, { recursive: true })
  })

  it("take relative paths from the user's folder, which npm hands on", async () => {
    const npm = { npm_lifecycle_event: 'crawl', INIT_CWD: '/home/someone' }
    expect((await read(['a.b', '--out', 'x'], npm)).out).toBe('/home/someone/x')
    expect((await read(['a.b', '--out', 'x'], { ...npm, npm_lifecycle_event: 'test' })).out).not.toContain('someone')
  })
})

describe('--fields', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lapis-fields-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  it('asks for the values that a JSON file names, beside the formats', async () => {
    const fields = { price: { selector: '.price', as: 'price' } }
    const path = file('good.json', JSON.stringify(fields))
    const formats = async (args: string[]) =>
      crawlRequest((await read(['example.com', '--fields', path, ...args])).order)
    expect(await formats([])).toMatchObject({ scrapeOptions: { formats: ['markdown', { type: 'fields', fields }] } })
    expect(await formats(['--formats', 'tables'])).toMatchObject({
      scrapeOptions: { formats: ['tables', { type: 'fields', fields }] },
    })
  })

  it.each([
    ['missing.json', undefined, /needs a JSON file/],
    ['no.json', '{', /needs a JSON file/],
    ['kind.json', '{"a":{"selector":"p","as":"money"}}', /a\.as: Invalid option/],
    ['list.json', '[]', /record/],
  ])('refuses %s', async (name, text, message) => {
    const path = text === undefined ? join(folder, name) : file(name, text)
    expect((await refusal(['example.com', '--fields', path])).message).toMatch(message)
  })
})
