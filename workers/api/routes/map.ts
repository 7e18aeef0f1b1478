import { Hono } from 'hono'
import { MapRequest } from '../../../src/contracts/api/map.ts'
import { mapSite } from '../../../src/flows/map/map-site.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { body } from '../input.ts'

export const maps = new Hono<ApiTypes>()

maps.post('/', needs('scrape'), async (c) => {
  return c.json({ data: await mapSite(c.get('platform'), await body(c, MapRequest)) })
})
