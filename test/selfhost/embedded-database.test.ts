import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { prepareDataDirectory } from '../../containers/selfhost/data-directory.ts'
import { embeddedAddress } from '../../containers/selfhost/database/address.ts'
import { startEmbedded } from '../../containers/selfhost/database/start-embedded.ts'
import { childrenRecord } from '../../containers/selfhost/process/children-record.ts'

const START_MS = 60_000
const ROWS = 5_000

const root = mkdtempSync(join(tmpdir(), 'lapis-database-'))
const paths = prepareDataDirectory(root)
let stop: () => void
let client: Client

beforeAll(async () => {
  const child = await startEmbedded(paths, childrenRecord(root))
  stop = () => child.kill('SIGTERM')
  client = new Client({ connectionString: embeddedAddress(paths.sockets).connectionString })
  await client.connect()
}, START_MS)

afterAll(async () => {
  await client.end()
  stop()
  rmSync(root, { recursive: true, force: true })
})

it('answers with megabytes as they are, also while the reader is slow to take them', async () => {
  const { rows } = await client.query<{ n: number; text: string }>(
    `SELECT n, repeat(md5(n::text), 32) AS text FROM generate_series(1, ${ROWS}) AS n`,
  )
  const { rows: digests } = await client.query<{ n: number; digest: string }>(
    `SELECT n, md5(n::text) AS digest FROM generate_series(1, ${ROWS}) AS n`,
  )
  expect(rows).toHaveLength(ROWS)
  expect(rows.every(({ text }, index) => text === digests[index]?.digest.repeat(32))).toBe(true)
}, 30_000)
