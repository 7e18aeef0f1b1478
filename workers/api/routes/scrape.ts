import { Hono } from 'hono'
import { ScrapeRequest } from '../../../src/contracts/api/scrape.ts'
import { keepAnswer, recallAnswer } from '../../../src/flows/scrape/kept-answers.ts'
import { scrape } from '../../../src/flows/scrape/scrape.ts'
import { countScrape } from '../../../src/flows/usage/count-scrape.ts'
import { renderWithinQuota, requireQuota } from '../../../src/flows/usage/quota.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { body } from '../input.ts'

export const scrapes = new Hono<ApiTypes>()

scrapes.post('/', needs('scrape'), async (c) => {
  const { workspaceId } = c.get('caller')
  const platform = c.get('platform')
  const request = await body(c, ScrapeRequest)
  const kept = await recallAnswer(platform, workspaceId, request)
  if (kept) return c.json({ data: kept })
  await requireQuota(platform, workspaceId, 'pages')
  const render = await renderWithinQuota(platform, workspaceId, request)
  const document = await scrape(platform, workspaceId, { ...request, render })
  await countScrape(platform, workspaceId, document)
  await keepAnswer(platform, workspaceId, request, document)
  return c.json({ data: document })
})
