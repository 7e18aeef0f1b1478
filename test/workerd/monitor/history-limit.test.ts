import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { MonitorDiff, Snapshot } from '../../../src/contracts/api/monitor-change.ts'
import { check } from '../../../src/flows/monitor/check.ts'
import { claimTerms } from '../../../src/flows/monitor/claim.ts'
import { claimNow } from '../../../src/storage/postgres/monitor-claims.ts'
import { newOwner } from '../owner.ts'
import { call } from '../platform/api-calls.ts'
import { openSite } from '../stand-in-site.ts'
import { PARAGRAPHS, changesOf, checked, checksOf, newMonitor, page, quiet } from './monitor-calls.ts'

const version = (number: number) => page(...PARAGRAPHS, `This is version ${number} of a paragraph that is rewritten.`)

async function storedObjects(id: string): Promise<string[]> {
  return (await env.ARCHIVE.list({ prefix: `monitors/${id}/` })).objects.map(({ key }) => key)
}

it('39: history is limited, in rows and bytes; changes stay readable without their snapshots', async () => {
  const site = await openSite({ '/': version(0) })
  const key = await newOwner()
  const { id } = await newMonitor(key, { url: `${site.origin}/`, historyLimit: 2 })
  // At the same moment: ids tell them apart, times need not. One to come: nobody waits for turns that are past by then.
  const moment = new Date(Date.now() + 60_000)
  const now = () => moment
  for (let number = 0; number < 5; number++) {
    await site.setRoutes({ '/': version(number) })
    await checked(key, id, { now })
  }
  const { data } = await call<{ data: Snapshot[] }>(key, `/v1/monitors/${id}/snapshots`)
  expect(data).toHaveLength(2)
  expect((await storedObjects(id)).toSorted()).toEqual(
    data.map((snapshot) => `monitors/${id}/${snapshot.id}.gz`).toSorted(),
  )
  const told = await changesOf(key, id)
  expect(told).toHaveLength(4)
  const versions = await Promise.all(
    told.map(async (change) => {
      const { before, after } = await call<MonitorDiff>(key, `/v1/changes/${change.id}`)
      return [before, after].map((blocks) => /version \d/.exec(blocks.map(({ text }) => text).join())?.[0])
    }),
  )
  expect(new Set(versions.map(String))).toEqual(
    new Set([0, 1, 2, 3].map((number) => `version ${number},version ${number + 1}`)),
  )
})

it('39: a crash in mid-commit leaves a check to be made again, and one record of it', async () => {
  const site = await openSite({ '/': version(1) })
  const key = await newOwner()
  const { id } = await newMonitor(key, { url: `${site.origin}/` })
  await checked(key, id)
  await site.setRoutes({ '/': version(2) })
  const { platform } = quiet()
  const db = await platform.database()
  const claim = await claimNow(db, id, claimTerms(platform))
  if (!claim) throw new Error('no claim')
  // The bytes are stored; then whoever made the check is gone.
  const dying = { ...env.ARCHIVE, put: putAndDie } as unknown as R2Bucket
  async function putAndDie(...given: Parameters<R2Bucket['put']>): Promise<never> {
    await env.ARCHIVE.put(...given)
    throw new Error('killed')
  }
  await expect(check(quiet({ archive: dying }).platform, claim)).rejects.toThrow('killed')
  expect([await checksOf(key, id), await changesOf(key, id)]).toMatchObject([[{ verdict: 'baseline' }], []])
  await check(quiet().platform, claim)
  await check(quiet().platform, claim)
  expect((await checksOf(key, id)).map(({ verdict }) => verdict)).toEqual(['changed', 'baseline'])
  expect(await changesOf(key, id)).toHaveLength(1)
  expect(await storedObjects(id)).toHaveLength(2)
})
