import { Hono } from 'hono'
import { MonitorSettingsQuery, PutMonitorSettings } from '../../../src/contracts/api/monitor-settings.ts'
import { changeSettings, dropSettings, showSettings } from '../../../src/flows/monitor/manage-settings.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { bodiless, body, query } from '../input.ts'

export const monitorSettings = new Hono<ApiTypes>()

monitorSettings.get('/', needs('monitors:read'), async (c) => {
  return c.json({ data: await showSettings(c.get('platform'), c.get('caller').workspaceId) })
})

monitorSettings.put('/', needs('monitors:write'), async (c) => {
  const wish = await body(c, PutMonitorSettings)
  return c.json(await changeSettings(c.get('platform'), c.get('caller'), wish))
})

monitorSettings.delete('/', needs('monitors:write'), bodiless, async (c) => {
  const { tag } = query(c, MonitorSettingsQuery)
  await dropSettings(c.get('platform'), c.get('caller'), tag)
  return c.body(null, 204)
})
