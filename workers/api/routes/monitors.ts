import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { ListQuery } from '../../../src/contracts/api/common.ts'
import { CreateMonitor, MonitorsQuery, PatchMonitor } from '../../../src/contracts/api/monitor.ts'
import {
  CompareQuery,
  FeedQuery,
  ImportMonitors,
  MonitorChangesQuery,
  PreviewMonitor,
} from '../../../src/contracts/api/monitor-change.ts'
import { compareSnapshots } from '../../../src/flows/monitor/compare-snapshots.ts'
import { changeMonitor } from '../../../src/flows/monitor/edit-monitor.ts'
import { feedOf, monitorFeed } from '../../../src/flows/monitor/feed.ts'
import { importMonitors } from '../../../src/flows/monitor/import-monitors.ts'
import {
  createMonitor,
  deleteMonitor,
  monitorRow,
  orderCheck,
  showMonitor,
  showMonitors,
} from '../../../src/flows/monitor/manage-monitors.ts'
import { previewMonitor } from '../../../src/flows/monitor/preview.ts'
import { showChangesOf, showChecks, showSnapshots } from '../../../src/flows/monitor/show-history.ts'
import type { Platform } from '../../../src/flows/platform.ts'
import { requireQuota } from '../../../src/flows/usage/quota.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { created } from '../created.ts'
import { decodeCursor } from '../cursor.ts'
import { diffAnswer } from '../diff-answer.ts'
import { bodiless, body, id, query } from '../input.ts'
import { type Page, listed } from '../listed.ts'

const Place = z.object({ before: z.uuid() })

export const monitors = new Hono<ApiTypes>()

monitors.post('/', needs('monitors:write'), async (c) => {
  const request = await body(c, CreateMonitor)
  return created(c, async () => {
    const monitor = await createMonitor(c.get('platform'), c.get('caller'), request)
    return { status: 201, headers: { location: `/v1/monitors/${monitor.id}` }, body: monitor }
  })
})

monitors.get('/', needs('monitors:read'), async (c) => {
  const { limit, cursor, tag, status } = query(c, MonitorsQuery)
  const place = decodeCursor(cursor, Place)
  const narrowed = { ...(tag !== undefined && { tag }), ...(status && { status }) }
  const page = { ...place, limit, ...narrowed }
  return c.json(listed(await showMonitors(c.get('platform'), c.get('caller').workspaceId, page)))
})

monitors.post('/preview', needs('monitors:write'), async (c) => {
  const request = await body(c, PreviewMonitor)
  return c.json(await previewMonitor(c.get('platform'), c.get('caller').workspaceId, request))
})

monitors.post('/import', needs('monitors:write'), async (c) => {
  const request = await body(c, ImportMonitors)
  return created(c, async () => {
    const imported = await importMonitors(c.get('platform'), c.get('caller'), request)
    return { status: 201, headers: { location: '/v1/monitors' }, body: imported }
  })
})

monitors.get('/:id', needs('monitors:read'), async (c) => {
  return c.json(await showMonitor(c.get('platform'), c.get('caller').workspaceId, id(c, 'monitor')))
})

monitors.patch('/:id', needs('monitors:write'), async (c) => {
  const changes = await body(c, PatchMonitor)
  return c.json(await changeMonitor(c.get('platform'), c.get('caller'), id(c, 'monitor'), changes))
})

monitors.delete('/:id', needs('monitors:write'), bodiless, async (c) => {
  await deleteMonitor(c.get('platform'), c.get('caller'), id(c, 'monitor'))
  return c.body(null, 204)
})

monitors.post('/:id/check', needs('monitors:write'), bodiless, async (c) => {
  await requireQuota(c.get('platform'), c.get('caller').workspaceId, 'checks')
  const check = await orderCheck(c.get('platform'), c.get('caller'), id(c, 'monitor'))
  return c.json(check, 202, { location: `/v1/monitors/${check.monitorId}/checks` })
})

monitors.get('/:id/checks', needs('monitors:read'), (c) => history(c, showChecks))
monitors.get('/:id/changes', needs('monitors:read'), async (c) => {
  const { limit, cursor, acknowledged } = query(c, MonitorChangesQuery)
  const of = { workspaceId: c.get('caller').workspaceId, monitorId: id(c, 'monitor') }
  const page = { ...decodeCursor(cursor, Place), limit, acknowledged }
  return c.json(listed(await showChangesOf(c.get('platform'), of, page)))
})
monitors.get('/:id/snapshots', needs('monitors:read'), (c) => history(c, showSnapshots))

monitors.get('/:id/diff', needs('monitors:read'), async (c) => {
  const { from, to, format } = query(c, CompareQuery)
  const of = { workspaceId: c.get('caller').workspaceId, monitorId: id(c, 'monitor') }
  return diffAnswer(await compareSnapshots(c.get('platform'), of, { from, to }), format)
})

/** Feed readers send no keys: the token in the address opens it as well. */
monitors.get('/:id/feed.atom', async (c, next) => {
  const { token, acknowledged } = query(c, FeedQuery)
  if (token === undefined) return next()
  return atom(c, await monitorFeed(c.get('platform'), id(c, 'monitor'), token, { acknowledged }))
})

monitors.get('/:id/feed.atom', needs('monitors:read'), async (c) => {
  const platform = c.get('platform')
  const { acknowledged } = query(c, FeedQuery)
  const monitor = await monitorRow(platform, c.get('caller').workspaceId, id(c, 'monitor'))
  return atom(c, await feedOf(platform, monitor, { acknowledged }))
})

function atom(c: Context<ApiTypes>, feed: string): Response {
  return c.body(feed, 200, {
    'content-type': 'application/atom+xml; charset=utf-8',
    'cache-control': 'private, max-age=60',
  })
}

type ShowHistory<Item> = (
  platform: Platform,
  of: { workspaceId: string; monitorId: string },
  page: { before?: string; limit: number },
) => Promise<Page<Item>>

async function history<Item extends { id: string }>(c: Context<ApiTypes>, show: ShowHistory<Item>): Promise<Response> {
  const { limit, cursor } = query(c, ListQuery)
  const of = { workspaceId: c.get('caller').workspaceId, monitorId: id(c, 'monitor') }
  return c.json(listed(await show(c.get('platform'), of, { ...decodeCursor(cursor, Place), limit })))
}
