import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openSecrets } from '../../../src/flows/delivery/channel-secrets.ts'
import type { Platform } from '../../../src/flows/platform.ts'
import { countOlderSeals, sealAnew } from '../../../src/flows/secrets/seal-anew.ts'
import { keyName } from '../../../src/flows/secrets/sealing.ts'
import type { Database } from '../../../src/storage/postgres/database.ts'
import { channels } from '../../../src/storage/postgres/delivery-tables.ts'
import { platformOf } from '../../../workers/platform.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'

const NEW = 'a-new-secret-of-more-than-thirty-two-characters'

/** A new secret concerns every row there is: other tests, which share the database, see nothing of it. */
async function undoing(test: (platform: Platform, db: Database) => Promise<void>): Promise<void> {
  const platform = platformOf(env)
  const undo = new Error('undone')
  const db = await platform.database()
  const transaction = db.transaction(async (tx) => {
    await test({ ...platform, database: async () => tx as unknown as Database }, tx as unknown as Database)
    throw undo
  })
  await expect(transaction).rejects.toBe(undo)
}

it('a new encryption secret takes over what the old one has sealed', async () => {
  const key = await newOwner()
  const channel = { type: 'webhook', name: 'Hook', config: { url: 'https://example.com/hook' } }
  const { id } = await call<{ id: string }>(key, '/v1/channels', channel)
  await undoing(async (platform, db) => {
    const row = async () => {
      const [found] = await db.select().from(channels).where(eq(channels.id, id))
      if (!found) throw new Error('the channel is gone')
      return found
    }
    const before = await openSecrets(platform, await row())
    const both = { ...platform, encryptionSecrets: [NEW, ...platform.encryptionSecrets] }
    expect(await countOlderSeals(both)).toBeGreaterThan(0)
    expect((await sealAnew(both)).sealed).toBeGreaterThan(0)
    expect(await countOlderSeals(both)).toBe(0)
    expect((await row()).sealed?.split('.')[1]).toBe(keyName(NEW))
    expect(await openSecrets({ ...platform, encryptionSecrets: [NEW] }, await row())).toEqual(before)
    expect(await sealAnew(both)).toEqual({ sealed: 0, unopened: 0 })
  })
})

it('what nothing opens stays as it is, and is counted', async () => {
  const key = await newOwner()
  const channel = { type: 'webhook', name: 'Hook', config: { url: 'https://example.com/hook' } }
  const { id } = await call<{ id: string }>(key, '/v1/channels', channel)
  await undoing(async (platform, db) => {
    await db.execute(sql`DELETE FROM channels WHERE id <> ${id}`)
    await db.execute(sql`UPDATE monitors SET sealed = NULL`)
    const sealedBy = async () => (await db.select().from(channels))[0]?.sealed
    const before = await sealedBy()
    expect(await sealAnew({ ...platform, encryptionSecrets: [NEW] })).toEqual({ sealed: 0, unopened: 1 })
    expect(await sealedBy()).toBe(before)
  })
})
