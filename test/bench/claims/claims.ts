import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { Client } from 'pg'
import { type DatabaseAddress, embeddedAddress } from '../../../containers/selfhost/database/address.ts'
import { withDatabase } from '../../../containers/selfhost/database/connect.ts'
import { prepareDataDirectory } from '../../../containers/selfhost/data-directory.ts'
import { type MonitorClaim, claimDue } from '../../../src/storage/postgres/monitor-claims.ts'
import * as tables from '../../../src/storage/postgres/tables.ts'
import { LaunchedPlatform } from '../../selfhost/launched-platform.ts'
import type { Report } from '../run.ts'
import { CountedPages } from './counted-pages.ts'

const MONITORS = 10_000
/** As many as one round of the cron trigger claims in a statement. */
const AT_ONCE = 500
const CLAIMERS = 4
const LEASE_MS = 300_000
/** When nobody else will claim anything. */
const THEN = new Date('2100-01-01T00:00:00Z')
const CHECKED_WITHIN_MS = 900_000
const HOUR_S = 3_600

/**
 * Ten thousand monitors that are due at the same moment. First only claimed, by four at once, again while claimed and again
 * when the claims have expired; then checked for real: cron, queue, fetch over loopback from 250 sites, commit. Each is to be
 * claimed once, fetched once and checked once.
 */
export async function claims(report: Report): Promise<void> {
  const pages = new CountedPages()
  // Every site gives a turn at once: what is measured is the platform.
  const platform = new LaunchedPlatform({ LAPIS_TEST_CLOCK_SPEED: '1000' })
  try {
    await platform.start()
    await imported(platform, await pages.open(MONITORS))
    const address = embeddedAddress(prepareDataDirectory(platform.dataDirectory).sockets)
    await withDatabase(address, async (client) => {
      await onlyClaimed(report, client, address)
      await checked(report, client, pages)
    })
  } finally {
    await platform.dispose()
    pages.close()
  }
}

async function imported(platform: LaunchedPlatform, urls: string[]): Promise<void> {
  const defaults = { enabled: false }
  const body = { format: 'urls', content: urls.join('\n'), defaults }
  const answer = await platform.call('POST', '/v1/monitors/import', body)
  const text = await answer.text()
  const { created } = JSON.parse(text) as { created?: number }
  if (created !== MONITORS) throw new Error(`the import was answered with ${answer.status}: ${text.slice(0, 500)}`)
}

async function onlyClaimed(report: Report, client: Client, address: DatabaseAddress): Promise<void> {
  await client.query('UPDATE monitors SET next_check_at = $1', [THEN])
  const since = performance.now()
  const first = await allClaims(address, THEN)
  const seconds = (performance.now() - since) / 1_000
  const again = await allClaims(address, new Date(THEN.getTime() + LEASE_MS - 1))
  const expired = await allClaims(address, new Date(THEN.getTime() + LEASE_MS))
  const different = (claimed: readonly MonitorClaim[]) => new Set(claimed.map(({ monitorId }) => monitorId)).size
  report({
    name: 'claims.once',
    value: different(first) / first.length,
    unit: 'monitors a claim',
    peer: `${MONITORS} due`,
    ratio: first.length / MONITORS,
  })
  report({ name: 'claims.while-claimed', value: again.length, unit: 'claims' })
  report({ name: 'claims.expired', value: different(expired), unit: 'claims, each under a new id' })
  const perSecond = first.length / seconds
  report({
    name: 'claims.claimed',
    value: perSecond,
    unit: 'claims/s',
    peer: '100,000 an hour',
    ratio: perSecond / (100_000 / HOUR_S),
  })
}

/** What several get who claim at the same time until there is nothing left. */
async function allClaims(address: DatabaseAddress, now: Date): Promise<MonitorClaim[]> {
  const claimed: MonitorClaim[] = []
  const claimer = () =>
    withDatabase(address, async (client) => {
      const db = drizzle(client, { schema: tables })
      for (;;) {
        const next = await claimDue(db, AT_ONCE, { now, leaseMs: LEASE_MS })
        claimed.push(...next)
        if (next.length < AT_ONCE) return
      }
    })
  await Promise.all(Array.from({ length: CLAIMERS }, claimer))
  return claimed
}

async function checked(report: Report, client: Client, pages: CountedPages): Promise<void> {
  await client.query('UPDATE monitors SET next_check_at = now(), claim_id = NULL, claimed_until = NULL')
  const due = performance.now()
  let made = 0
  while (made < MONITORS) {
    if (performance.now() - due > CHECKED_WITHIN_MS) throw new Error(`${made} checks within ${CHECKED_WITHIN_MS} ms`)
    await pause(1_000)
    made = Number((await client.query<{ made: string }>('SELECT count(*) AS made FROM checks')).rows[0]?.made)
  }
  const { rows } = await client.query<{ monitors: string; seconds: number }>(
    `SELECT count(DISTINCT monitor_id) AS monitors, extract(epoch FROM max(at) - min(at))::float8 AS seconds FROM checks`,
  )
  const { monitors = 0, seconds = 0 } = rows[0] ?? {}
  report({ name: 'claims.checks', value: made, unit: 'checks', peer: 'monitors', ratio: made / Number(monitors) })
  report({
    name: 'claims.fetches',
    value: pages.fetches,
    unit: 'fetches',
    peer: 'pages',
    ratio: pages.fetches / pages.different,
  })
  report({
    name: 'claims.checked',
    value: made / seconds,
    unit: 'checks/s',
    peer: '100,000 an hour',
    ratio: made / seconds / (100_000 / HOUR_S),
  })
}
