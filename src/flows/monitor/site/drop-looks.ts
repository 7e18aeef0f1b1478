import { unusedLooks } from '../../../storage/postgres/site-looks.ts'
import { deleteCrawl } from '../../crawl/manage-crawls.ts'
import type { Platform } from '../../platform.ts'

const AT_ONCE = 20

/** Deletes crawls of monitors that are compared with nothing any more, with all they left; what is left over comes next time. */
export async function dropUnusedLooks(platform: Platform, monitorId?: string): Promise<void> {
  for (const { id, workspaceId } of await unusedLooks(await platform.database(), { monitorId, limit: AT_ONCE }))
    await deleteCrawl(platform, workspaceId, id)
}
