import { Hono } from 'hono'
import { ScrapeRequest } from '../../../src/contracts/api/scrape.ts'
import { scrape } from '../../../src/flows/scrape/scrape.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { body } from '../input.ts'

export const scrapes = new Hono<ApiTypes>()

scrapes.post('/', needs('scrape'), async (c) => {
  return c.json({ data: await scrape(c.get('platform'), await body(c, ScrapeRequest)) })
})
