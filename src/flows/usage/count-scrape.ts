import type { Document } from '../../contracts/api/document.ts'
import { countUse } from '../../storage/postgres/usage.ts'
import type { Platform } from '../platform.ts'

/** A scrape stores nothing, so it counts as a page without bytes. */
export async function countScrape(platform: Platform, workspaceId: string, { rendered }: Document): Promise<void> {
  await countUse(await platform.database(), workspaceId, { pages: 1, renders: rendered ? 1 : 0 })
}
