import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import type { LedgerRpc } from '../../../src/contracts/ledger.ts'
import { showCrawl } from '../../../src/flows/crawl/manage-crawls.ts'
import type { Platform } from '../../../src/flows/platform.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from '../identity/query.ts'
import { newOwner } from '../owner.ts'
import { openSite } from '../stand-in-site.ts'
import { type Crawl, call, completed } from './api-calls.ts'

/** The platform at the moment in which a crawl ends: its ledger says so from the second time on that it is asked. */
function atTheEnd(platform: Platform): Platform {
  let asked = 0
  const ledger = (id: string): LedgerRpc => {
    const real = platform.ledger(id)
    const progress = async () => {
      const ended = await real.progress()
      return asked++ === 0 && ended ? { ...ended, status: 'running' as const, finishedAt: null } : ended
    }
    return { ...real, progress, domains: () => real.domains(), closed: () => real.closed() }
  }
  return { ...platform, ledger }
}

it('an incremental crawl is never shown as ended without what is gone', async () => {
  const site = await openSite({ '/': '<p>Home</p>' })
  const key = await newOwner()
  const wish = { url: `${site.origin}/`, sitemap: 'skip', delayMs: 0 }
  const former = await call<Crawl>(key, '/v1/crawls', wish)
  await completed(key, former.id)
  const { id } = await call<Crawl>(key, '/v1/crawls', { ...wish, since: former.id })
  await completed(key, id)
  await query('UPDATE crawls SET finished_at = NULL, changes = NULL WHERE id = $1', [id])
  const [row] = await query('SELECT workspace_id FROM crawls WHERE id = $1', [id])
  const workspaceId = String(row?.['workspace_id'])
  const platform = atTheEnd(platformOf(env))
  const before = await showCrawl(platform, workspaceId, id)
  expect(before).toMatchObject({ status: 'running', changes: { gone: null } })
  const after = await showCrawl(platform, workspaceId, id)
  expect(after).toMatchObject({ status: 'completed', changes: { unchanged: 1, gone: 0, unchecked: 0 } })
})
