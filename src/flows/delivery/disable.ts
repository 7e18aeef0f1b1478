import { disableChannel } from '../../storage/postgres/channels.ts'
import type { Database } from '../../storage/postgres/database.ts'
import { buryDeliveries } from '../../storage/postgres/deliveries.ts'
import type { ChannelRow } from '../../storage/postgres/delivery-tables.ts'
import { ownerAddresses } from '../../storage/postgres/members.ts'
import { announce } from '../../storage/postgres/outbox.ts'
import type { Platform } from '../platform.ts'

type Cause = 'gone' | 'failing'

const REASONS: Record<Cause, string> = {
  gone: 'it answered 410 Gone.',
  failing: 'for five days nothing but failures came back.',
}

/** Sends nothing more to a channel, keeps what waits for it, and tells the channels that are left. */
export async function shutDown(tx: Database, channel: ChannelRow, cause: Cause): Promise<string[]> {
  if (channel.disabledAt !== null) return []
  await disableChannel(tx, channel.id, REASONS[cause])
  await buryDeliveries(tx, channel.id)
  return announce(tx, {
    workspaceId: channel.workspaceId,
    type: 'channel.disabled',
    subjectId: channel.id,
    data: { channelId: channel.id, name: channel.name, reason: REASONS[cause] },
  })
}

/** By e-mail, where there is any: the channel that would have told them may have been the only one. */
export async function tellOwners(platform: Platform, channel: ChannelRow, cause: Cause): Promise<void> {
  if (!platform.sendMail || channel.disabledAt !== null) return
  const text = `Nothing is sent to the channel "${channel.name}" (${channel.type}) any more: ${REASONS[cause]}

What it misses is kept for 30 days. When it works again, enable it and have the dead deliveries sent once more:

  PATCH ${platform.publicUrl}/v1/channels/${channel.id}  {"enabled": true}
  POST ${platform.publicUrl}/v1/deliveries/redeliver  {"channelId": "${channel.id}", "since": "…"}
`
  for (const to of await ownerAddresses(await platform.database(), channel.workspaceId))
    await platform.sendMail({ to, subject: `Channel disabled: ${channel.name}`, text }).catch((error: unknown) => {
      console.warn(JSON.stringify({ message: 'an owner could not be told', channelId: channel.id, error: `${error}` }))
    })
}
