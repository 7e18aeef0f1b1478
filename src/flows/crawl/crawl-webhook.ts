import { v7 as uuidv7 } from 'uuid'
import type { CrawlWebhook } from '../../contracts/api/crawl.ts'
import type { NewChannelRow } from '../../storage/postgres/channels.ts'
import type { NewCrawl } from '../../storage/postgres/crawls.ts'
import { sealSecrets } from '../delivery/channel-secrets.ts'
import type { Platform } from '../platform.ts'

/** The `webhook` of a crawl: a channel that hears of this crawl only, and goes with it. */
export async function channelOfCrawl(
  platform: Platform,
  { id: crawlId, workspaceId, createdAt }: NewCrawl,
  { url, events, secret }: CrawlWebhook,
): Promise<NewChannelRow> {
  const id = uuidv7()
  const signing = secret === undefined ? [] : [{ secret, until: null }]
  const sealed = await sealSecrets(platform, id, { config: {}, signing })
  const name = `Webhook of crawl ${crawlId}`
  const settings = { type: 'webhook', name, config: { url }, sealed, events, enabled: true, slowDowns: 0 } as const
  return { id, workspaceId, crawlId, ...settings, createdAt }
}
