import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { type Server, createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processIdentity } from '../../containers/selfhost/process/process-identity.ts'
import { LaunchedPlatform } from './launched-platform.ts'

const START_MS = 60_000
/** A guard asks workerd to end and waits 3 s before it insists. */
const GUARD_MS = 6_000
const isAlive = (pid: number) => processIdentity(pid) !== undefined

describe('a start that can not be', () => {
  const platform = new LaunchedPlatform()
  const file = join(platform.dataDirectory, 'file')
  let taken: Server
  let port = ''

  beforeAll(async () => {
    writeFileSync(file, '')
    taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    port = String(typeof address === 'object' && address ? address.port : 0)
  })
  afterAll(async () => {
    taken.close()
    await platform.dispose()
  })

  it.each<[string, () => Record<string, string>, RegExp]>([
    ['a bad value', () => ({ LAPIS_PORT: 'eighty' }), /^LAPIS_PORT is "eighty"; allowed: /],
    [
      'a data directory that is none',
      () => ({ LAPIS_DATA_DIR: join(file, 'data') }),
      /^LAPIS_DATA_DIR is ".*", which can't be written to/,
    ],
    ['a port that is taken', () => ({ LAPIS_PORT: port }), /^Port \d+ on 127.0.0.1 is taken .* LAPIS_PORT/],
    [
      'a database that does not answer',
      () => ({ DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/db' }),
      /^The database at 127.0.0.1:1\/db can't be reached: .*ECONNREFUSED/,
    ],
  ])('ends with one line and exit code 1: %s', async (_, environment, line) => {
    const { code, output } = await platform.run(environment())
    expect(code).toBe(1)
    expect(output).toMatch(line)
    expect(output.trim().split('\n')).toHaveLength(1)
    expect(output).not.toContain('hunter2')
  })
})

describe('a platform', () => {
  const platform = new LaunchedPlatform()
  let key = ''

  beforeAll(async () => {
    await platform.start()
    key = platform.key
  }, START_MS)
  afterAll(() => platform.dispose())

  const instance = () =>
    JSON.parse(readFileSync(join(platform.dataDirectory, 'instance.json'), 'utf8')) as { pid: number }
  const ready = () =>
    fetch(`${platform.url}/ready`).then(
      (answer) => answer.status,
      () => 0,
    )
  const inDatabase = async (statement: string): Promise<void> => {
    const client = new Client({ host: join(platform.dataDirectory, 'sockets'), user: 'postgres', database: 'postgres' })
    await client.connect()
    await client.query(statement)
    await client.end()
  }

  it('shows its key at the first start, and keeps it for its owner only', () => {
    expect(key).toMatch(/^lps_[A-Za-z0-9]{32,}$/)
    expect(platform.output.split(key)).toHaveLength(2)
    expect(statSync(join(platform.dataDirectory, 'owner-key')).mode & 0o777).toBe(0o600)
    expect(statSync(platform.dataDirectory).mode & 0o777).toBe(0o700)
  })

  it('says where it is, for the command line to find it', () => {
    expect(instance()).toMatchObject({ url: platform.url, pid: expect.any(Number), startedAt: expect.any(String) })
  })

  it('has its data for itself: a second one is refused, and told who has it', async () => {
    const second = new LaunchedPlatform({ LAPIS_DATA_DIR: platform.dataDirectory })
    const { code, output } = await second.run()
    await second.dispose()
    expect(code).toBe(1)
    expect(output).toContain(`on ${platform.url}`)
    expect(await ready()).toBe(200)
  })

  it(
    'starts its database again when that is killed',
    async () => {
      const { database } = platform.children()
      process.kill(database, 'SIGKILL')
      await expect.poll(() => platform.children().database, { timeout: START_MS }).not.toBe(database)
      await expect.poll(ready, { timeout: START_MS, interval: 100 }).toBe(200)
    },
    START_MS,
  )

  it('answers many at once, though its database has a single session', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => platform.call('GET', '/v1/crawls')))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })

  it(
    'stops within ten seconds, and leaves nothing running',
    async () => {
      const { workerd, database } = platform.children()
      // As Ctrl-C does: once from the terminal, and once more from npm.
      process.kill(instance().pid, 'SIGINT')
      const { code, ms } = await platform.stop()
      expect(code).toBe(0)
      expect(ms).toBeLessThan(10_000)
      expect([workerd, database].filter(isAlive)).toEqual([])
      expect(() => statSync(join(platform.dataDirectory, 'instance.json'))).toThrow(/ENOENT/)
    },
    START_MS,
  )

  it(
    'keeps key and data over a restart, and shows the key no more',
    async () => {
      await platform.start()
      expect(platform.key).toBe(key)
      expect(platform.output).not.toContain(key)
      expect(platform.output).toContain(join(platform.dataDirectory, 'owner-key'))
      expect((await platform.call('GET', '/v1/crawls')).status).toBe(200)
    },
    START_MS,
  )

  it(
    'takes its children along when it is killed',
    async () => {
      const { workerd, database } = platform.children()
      await platform.killLauncher()
      await expect.poll(() => [workerd, database].filter(isAlive), { timeout: GUARD_MS }).toEqual([])
    },
    START_MS,
  )

  it(
    'starts at once after that, with children that were still there out of the way',
    async () => {
      await platform.start()
      const before = platform.children()
      await platform.killLauncher()
      await platform.start()
      expect([before.workerd, before.database].filter(isAlive)).toEqual([])
      expect((await platform.call('GET', '/v1/crawls')).status).toBe(200)
    },
    START_MS,
  )

  it(
    'refuses a database that a newer version has migrated',
    async () => {
      await inDatabase("INSERT INTO schema_migrations (name, sha256) VALUES ('9999_future.sql', 'x')")
      await platform.stop()
      const { code, output } = await platform.run()
      expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('9999_future.sql') })
    },
    START_MS,
  )
})
