import { connect } from 'cloudflare:sockets'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { CreateCrawl } from '../../../src/contracts/api/crawl.ts'
import { insertCrawl } from '../../../src/storage/postgres/crawls.ts'
import { type Database, openDatabase } from '../../../src/storage/postgres/database.ts'
import { type PageToRecord, listPages, recordPages } from '../../../src/storage/postgres/pages.ts'
import { newOwner } from '../owner.ts'

const IN_A_MINUTE = () => new Date(Date.now() + 60_000)
const A_MINUTE_AGO = () => new Date(Date.now() - 60_000)

const keyOf = (name: string) =>
  Array.from(name.padEnd(16, '.'), (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')

function page(path: string, body = path): PageToRecord {
  return {
    urlKey: keyOf(path),
    bodyKey: keyOf(body),
    document: {
      url: `https://example.com${path}`,
      finalUrl: `https://example.com${path}`,
      status: 200,
      contentType: 'text/html',
      fetchedAt: '2026-11-24T12:00:00.000Z',
      rendered: false,
      redirects: [],
      title: null,
      description: null,
      language: null,
      wordCount: 0,
      contentHash: 'sha256:0',
      warnings: [],
    },
    segment: 'segment',
    response: { offset: 0, length: 1 },
    conversion: { offset: 1, length: 1 },
    revisitLength: 0,
    etag: null,
    lastModified: null,
    simhash: null,
  }
}

async function newCrawl(db: Database): Promise<string> {
  await newOwner()
  const found = await db.execute<{ id: string }>('SELECT id FROM workspaces LIMIT 1')
  const id = crypto.randomUUID()
  const url = 'https://example.com/'
  const options = CreateCrawl.parse({ url })
  await insertCrawl(db, {
    id,
    workspaceId: found.rows[0]?.id ?? '',
    monitorId: null,
    url,
    homeDomain: 'example.com',
    options,
    createdAt: new Date(),
  })
  return id
}

let db: Database
beforeAll(async () => {
  db = await openDatabase(env.HYPERDRIVE.connectionString, connect)()
})

describe('recording pages', () => {
  it('takes each URL and each body once, in the order given', async () => {
    const crawl = await newCrawl(db)
    const first = await recordPages(db, crawl, [page('/a'), page('/b'), page('/copy', '/a')], IN_A_MINUTE())
    expect(first?.fresh).toEqual(new Set([keyOf('/a'), keyOf('/b')]))
    const second = await recordPages(db, crawl, [page('/b'), page('/c')], IN_A_MINUTE())
    expect(second?.fresh).toEqual(new Set([keyOf('/c')]))
    const rows = await listPages(db, crawl, { after: -1, limit: 10 })
    expect(rows.map(({ url }) => new URL(url).pathname)).toEqual(['/a', '/b', '/c'])
  })

  it('takes nothing once the lease is over, and does not pass that off as copies', async () => {
    const crawl = await newCrawl(db)
    await recordPages(db, crawl, [page('/a')], IN_A_MINUTE())
    expect(await recordPages(db, crawl, [page('/a'), page('/b')], A_MINUTE_AGO())).toBeNull()
    expect(await listPages(db, crawl, { after: -1, limit: 10 })).toHaveLength(1)
  })

  it('takes nothing for a crawl that is gone', async () => {
    expect(await recordPages(db, crypto.randomUUID(), [page('/a')], IN_A_MINUTE())).toBeNull()
  })
})

describe('near-duplicates', () => {
  const FIRST = 0x0123_4567_89ab_cdefn
  const flipped = (...bits: number[]) => bits.reduce((hash, bit) => hash ^ (1n << BigInt(bit)), FIRST)

  it.each([
    ['none', [], true],
    ['3 in one band', [0, 1, 2], true],
    ['3 in three bands', [0, 20, 40], true],
    ['the sign', [63], true],
    ['4 in one band', [0, 1, 2, 3], false],
    ['4 in all four bands', [0, 20, 40, 60], false],
  ])('differ in at most 3 bits: %s', async (_name, bits, near) => {
    const crawl = await newCrawl(db)
    const hashes = [FIRST, BigInt.asIntN(64, flipped(...bits))]
    const batch = hashes.map((simhash, index) => ({ ...page(`/${index}`), simhash }))
    await recordPages(db, crawl, batch, IN_A_MINUTE())
    const rows = await listPages(db, crawl, { after: -1, limit: 10 })
    expect(rows.map(({ nearDuplicateOf }) => nearDuplicateOf)).toEqual([null, near ? 'https://example.com/0' : null])
  })

  it('are told of the first page that is close, of this crawl only, and never of a page without a fingerprint', async () => {
    const crawl = await newCrawl(db)
    await recordPages(db, await newCrawl(db), [{ ...page('/elsewhere'), simhash: FIRST }], IN_A_MINUTE())
    const hashes = [null, flipped(1), flipped(1, 2), null, FIRST]
    const batch = hashes.map((simhash, index) => ({ ...page(`/${index}`), simhash }))
    await recordPages(db, crawl, batch, IN_A_MINUTE())
    const rows = await listPages(db, crawl, { after: -1, limit: 10 })
    const first = 'https://example.com/1'
    expect(rows.map(({ nearDuplicateOf }) => nearDuplicateOf)).toEqual([null, null, first, null, first])
  })
})
