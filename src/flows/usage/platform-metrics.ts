import type { Metric, Sample } from '../../domain/metrics/exposition.ts'
import { takeCensus } from '../../storage/postgres/census.ts'
import { usageSince } from '../../storage/postgres/usage.ts'
import { countOlderSeals } from '../secrets/seal-anew.ts'
import type { Platform } from '../platform.ts'

/** Before anything was counted. */
const EVER = '2020-01-01'

/** What Postgres knows of the platform as a whole: the same from whichever isolate it is asked. */
export async function platformMetrics(platform: Platform): Promise<Metric[]> {
  const db = await platform.database()
  const { workspaces, people, keys, crawls } = await takeCensus(db)
  const { pages, renders, bytes, checks, deliveries } = await usageSince(db, EVER)
  const byStatus = crawls.map(({ status, count }): Sample => ({ labels: { status }, value: count }))
  return [
    gauge('lapis_workspaces', 'Workspaces.', workspaces),
    gauge('lapis_people', 'Accounts.', people),
    gauge('lapis_api_keys', 'API keys that are not revoked.', keys),
    { name: 'lapis_crawls', type: 'gauge', help: 'Crawls that are kept, by status.', samples: byStatus },
    gauge(
      'lapis_older_seals',
      'Secrets that only an older LAPIS_ENCRYPTION_SECRET opens.',
      await countOlderSeals(platform),
    ),
    counter('lapis_pages_total', 'Pages scraped, and recorded by crawls, of the workspaces that there are.', pages),
    counter('lapis_rendered_pages_total', 'Of these, in a browser.', renders),
    counter('lapis_stored_bytes_total', 'Bytes that these took in the archive.', bytes),
    counter('lapis_checks_total', 'Checks of monitors.', checks),
    counter('lapis_deliveries_total', 'Deliveries to channels.', deliveries),
  ]
}

function gauge(name: string, help: string, value: number): Metric {
  return { name, type: 'gauge', help, samples: [{ value }] }
}

function counter(name: string, help: string, value: number): Metric {
  return { name, type: 'counter', help, samples: [{ value }] }
}
