import type { Delivery } from '../../contracts/api/delivery.ts'
import { announce } from '../../storage/postgres/outbox.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound } from '../problem.ts'
import { deliver } from './deliver.ts'
import { showChannel } from './manage-channels.ts'
import { showDelivery } from './manage-deliveries.ts'

/** Sends a test message at once and says what came of the first attempt; if need be, it is tried again like any other. */
export async function testChannel(platform: Platform, caller: Caller, id: string): Promise<Delivery> {
  const { workspaceId } = caller
  const channel = await showChannel(platform, workspaceId, id)
  if (channel.status === 'disabled' || channel.status === 'paused')
    throw new Refusal(409, 'channel_disabled', 'This channel is not in use. Enable it first.')
  const deed = deedOf(caller, 'channel.tested', { kind: 'channel', id })
  const [deliveryId] = await recorded(await platform.database(), deed, (tx) =>
    announce(tx, {
      workspaceId,
      type: 'channel.test',
      subjectId: id,
      data: { channelId: id, name: channel.name },
      channelIds: [id],
    }),
  )
  if (deliveryId === undefined) throw notFound('channel')
  await deliver(platform, deliveryId)
  return showDelivery(platform, workspaceId, deliveryId)
}
