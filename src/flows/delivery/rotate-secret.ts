import type { NewChannel, RotateSecret } from '../../contracts/api/channel.ts'
import { newWebhookSecret } from '../../notify/standard-webhooks.ts'
import { changeChannel, lockChannel } from '../../storage/postgres/channels.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound } from '../problem.ts'
import { type ChannelSecrets, openSecrets, sealSecrets, secretFields } from './channel-secrets.ts'
import { channelView } from './channel-view.ts'

/** A new signing secret; the old one signs beside it for a while, so that no receiver has to change at the same moment. */
export async function rotateSecret(
  platform: Platform,
  caller: Caller,
  id: string,
  { overlapSeconds, secret = newWebhookSecret() }: RotateSecret,
): Promise<NewChannel> {
  const now = platform.now()
  const until = new Date(now.getTime() + overlapSeconds * 1_000).toISOString()
  const deed = deedOf(caller, 'channel.rotated', { kind: 'channel', id })
  const row = await recorded(await platform.database(), deed, async (tx) => {
    const channel = await lockChannel(tx, caller.workspaceId, id)
    if (!channel) throw notFound('channel')
    if (channel.type !== 'webhook')
      throw new Refusal(409, 'no_secret', 'Only the deliveries of a webhook are signed with a secret.')
    const before = await openSecrets(platform, channel)
    const sealed = await sealSecrets(platform, id, withNewSecret(before, secret, { now, until }))
    return (await changeChannel(tx, id, { sealed })) ?? channel
  })
  return { ...channelView(row, await secretFields(platform, row), now), secret }
}

/** One old one is enough: each would make a signature in every delivery. */
function withNewSecret(
  { config, signing }: ChannelSecrets,
  secret: string,
  { now, until }: { now: Date; until: string },
): ChannelSecrets {
  const [old] = signing
  const leaving = old && new Date(until) > now ? [{ secret: old.secret, until }] : []
  return { config, signing: [{ secret, until: null }, ...leaving] }
}
