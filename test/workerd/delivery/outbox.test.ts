import { connect } from 'cloudflare:sockets'
import { env } from 'cloudflare:workers'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Database, inTransaction, openDatabase } from '../../../src/storage/postgres/database.ts'
import { announce, announced } from '../../../src/storage/postgres/outbox.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'

let db: Database

beforeAll(async () => {
  db = await openDatabase(env.HYPERDRIVE.connectionString, connect)()
})

async function workspace(): Promise<string> {
  const key = await newOwner()
  const [row] = await query('SELECT workspace_id FROM api_keys WHERE prefix = $1', [key.slice(0, 12)])
  return String(row?.['workspace_id'])
}

async function channel(workspaceId: string, more: Record<string, unknown> = {}): Promise<string> {
  const row = {
    id: crypto.randomUUID(),
    workspace_id: workspaceId,
    type: 'webhook',
    name: 'Test',
    config: '{}',
    events: ['monitor.changed'],
    ...more,
  }
  const names = Object.keys(row)
  const places = names.map((_, index) => `$${index + 1}`)
  await query(`INSERT INTO channels (${names.join()}) VALUES (${places.join()})`, Object.values(row))
  return row.id
}

const changed = (workspaceId: string) => ({
  workspaceId,
  type: 'monitor.changed' as const,
  subjectId: crypto.randomUUID(),
  data: { text: 'half a \ud800 pair and a \0' },
})

const deliveriesOf = (workspaceId: string) =>
  query('SELECT id, channel_id, event_id, status FROM deliveries WHERE workspace_id = $1', [workspaceId])

describe('announcing', () => {
  it('writes one event and a delivery for each channel that listens, and for no other', async () => {
    const here = await workspace()
    const [one, two] = [await channel(here), await channel(here)]
    await channel(here, { events: ['crawl.page'] })
    await channel(here, { enabled: false })
    await channel(here, { muted_until: new Date(Date.now() + 60_000) })
    await channel(await workspace())
    const ids = await announce(db, changed(here))
    const rows = await deliveriesOf(here)
    expect(new Set(rows.map((row) => row['channel_id']))).toEqual(new Set([one, two]))
    expect(new Set(rows.map((row) => row['id']))).toEqual(new Set(ids))
    expect(rows).toHaveLength(2)
    expect(new Set(rows.map((row) => row['event_id'])).size).toBe(1)
    expect(await query('SELECT data FROM events WHERE workspace_id = $1', [here])).toEqual([
      { data: { text: 'half a \ufffd pair and a ' } },
    ])
  })

  it('makes ids whose order is that of their making: UUIDv7', async () => {
    const here = await workspace()
    await channel(here)
    const [before] = await announce(db, changed(here))
    await query('SELECT pg_sleep(0.002)')
    const [after] = await announce(db, changed(here))
    expect(before).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(String(before) < String(after)).toBe(true)
    expect(Math.abs(Number.parseInt(String(before).replace('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(5_000)
  })

  it('narrows to the channels that are named', async () => {
    const here = await workspace()
    const [one] = [await channel(here), await channel(here)]
    await announce(db, { ...changed(here), channelIds: [one] })
    expect(await deliveriesOf(here)).toMatchObject([{ channel_id: one }])
    expect(await announce(db, { ...changed(here), channelIds: [] })).toEqual([])
  })

  it('writes nothing at all where nobody listens', async () => {
    const here = await workspace()
    expect(await announce(db, changed(here))).toEqual([])
    expect(await query('SELECT 1 FROM events WHERE workspace_id = $1', [here])).toEqual([])
  })

  it('keeps what a channel missed that the platform has disabled', async () => {
    const here = await workspace()
    await channel(here, { disabled_at: new Date() })
    expect(await announce(db, changed(here))).toEqual([])
    expect(await deliveriesOf(here)).toMatchObject([{ status: 'dead' }])
  })

  it('is undone with the change that it tells of', async () => {
    const here = await workspace()
    await channel(here)
    const failing = inTransaction(db, async (tx) => {
      expect(await announce(tx, changed(here))).toHaveLength(1)
      throw new Error('the change failed')
    })
    await expect(failing).rejects.toThrow('the change failed')
    expect(await deliveriesOf(here)).toEqual([])
  })

  it('goes with a change in one statement, once for each changed row', async () => {
    const here = await workspace()
    await channel(here)
    const told = announced({
      workspaceId: sql`changed.id`,
      type: 'monitor.changed',
      subjectId: sql`changed.id`,
      data: sql`jsonb_build_object('name', changed.name)`,
    })
    const rename = (from: string) =>
      db.execute(sql`
        WITH changed AS (UPDATE workspaces SET name = 'New' WHERE id = ${here} AND name = ${from} RETURNING id, name)
        SELECT ${told} AS id FROM changed`)
    expect((await rename('Test')).rows).toHaveLength(1)
    expect((await rename('Test')).rows).toHaveLength(0)
    expect(await query('SELECT data FROM events WHERE workspace_id = $1', [here])).toEqual([{ data: { name: 'New' } }])
  })
})
