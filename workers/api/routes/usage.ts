import { Hono } from 'hono'
import { UsageQuery } from '../../../src/contracts/api/usage.ts'
import { showUsage } from '../../../src/flows/usage/show-usage.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { query } from '../input.ts'

export const usage = new Hono<ApiTypes>()

usage.get('/', needs('crawls:read'), async (c) => {
  const { days } = query(c, UsageQuery)
  return c.json(await showUsage(c.get('platform'), c.get('caller').workspaceId, days))
})
