import { v7 as uuidv7 } from 'uuid'
import type { CrawlWebhook } from '../../contracts/api/crawl.ts'
import { newWebhookSecret } from '../../notify/standard-webhooks.ts'
import { type NewChannelRow, findWebhookOf } from '../../storage/postgres/channels.ts'
import type { NewCrawl } from '../../storage/postgres/crawls.ts'
import { openSecrets, sealSecrets, signingSecrets } from '../delivery/channel-secrets.ts'
import type { Platform } from '../platform.ts'

/** The `webhook` of a crawl: a channel that hears of this crawl only, and goes with it. It is signed with a secret of its own, unless one is given. */
export async function channelOfCrawl(
  platform: Platform,
  { id: crawlId, workspaceId, createdAt }: NewCrawl,
  { url, events, secret = newWebhookSecret() }: CrawlWebhook,
): Promise<NewChannelRow> {
  const id = uuidv7()
  const sealed = await sealSecrets(platform, id, { config: {}, signing: [{ secret, until: null }] })
  const name = `Webhook of crawl ${crawlId}`
  const settings = { type: 'webhook', name, config: { url }, sealed, events, enabled: true, slowDowns: 0 } as const
  return { id, workspaceId, crawlId, ...settings, createdAt }
}

/** What the webhook of a crawl is signed with; undefined where it has none any more. */
export async function webhookSecretOf(
  platform: Platform,
  workspaceId: string,
  crawlId: string,
): Promise<string | undefined> {
  const row = await findWebhookOf(await platform.database(), workspaceId, crawlId)
  return row && signingSecrets(await openSecrets(platform, row), platform.now())[0]
}
