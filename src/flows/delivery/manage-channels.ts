import { v7 as uuidv7 } from 'uuid'
import type { Channel, CreateChannel } from '../../contracts/api/channel.ts'
import { newWebhookSecret } from '../../notify/standard-webhooks.ts'
import { deleteChannelRow, findChannel, insertChannel, listChannels } from '../../storage/postgres/channels.ts'
import type { ChannelRow } from '../../storage/postgres/delivery-tables.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'
import { openSecrets, parted, sealSecrets, secretFields, signingSecrets } from './channel-secrets.ts'
import { channelView } from './channel-view.ts'
import { digestPlan } from './digest-plan.ts'
import { refuseBadDigest, refuseBadTarget, refuseBadTemplate } from './refuse-bad-channel.ts'

/** Adds a channel. Of a webhook's secret the answer has nothing: see `secretOf`. */
export async function createChannel(platform: Platform, caller: Caller, wanted: CreateChannel): Promise<Channel> {
  refuseBadTemplate(wanted.template, wanted.type)
  refuseBadDigest(platform, wanted.digest)
  await refuseBadTarget(platform, wanted.type, wanted.config)
  const { workspaceId } = caller
  const id = uuidv7()
  const { shown, secret } = parted(wanted.type, wanted.config)
  const signing = wanted.type === 'webhook' ? [{ secret: wanted.secret ?? newWebhookSecret(), until: null }] : []
  const sealed = await sealSecrets(platform, id, { config: secret, signing })
  const { type, name, events, template, quiet, enabled } = wanted
  const when = { mutedUntil: momentOf(wanted.mutedUntil), ...digestPlan(platform, id, wanted.digest) }
  const row = { id, workspaceId, type, name, config: shown, sealed, events, template, quiet, enabled, ...when }
  const deed = deedOf(caller, 'channel.created', { kind: 'channel', id })
  const inserted = await recorded(await platform.database(), deed, (tx) =>
    insertChannel(tx, { ...row, slowDowns: 0, createdAt: platform.now() }),
  )
  return channelView(inserted, Object.keys(secret), platform.now())
}

export async function showChannel(platform: Platform, workspaceId: string, id: string): Promise<Channel> {
  const row = await findChannel(await platform.database(), workspaceId, id)
  if (!row) throw notFound('channel')
  return viewed(platform, row)
}

/** What deliveries are signed with now; undefined for anything but a webhook. */
export async function secretOf(platform: Platform, workspaceId: string, id: string): Promise<string | undefined> {
  const row = await findChannel(await platform.database(), workspaceId, id)
  return row && signingSecrets(await openSecrets(platform, row), platform.now())[0]
}

export async function showChannels(
  platform: Platform,
  workspaceId: string,
  page: { before?: string; limit: number },
): Promise<{ channels: Channel[]; more: boolean }> {
  const rows = await listChannels(await platform.database(), workspaceId, { ...page, limit: page.limit + 1 })
  const shown = rows.slice(0, page.limit).map((row) => viewed(platform, row))
  return { channels: await Promise.all(shown), more: rows.length > page.limit }
}

export async function deleteChannel(platform: Platform, caller: Caller, id: string): Promise<void> {
  const deed = deedOf(caller, 'channel.deleted', { kind: 'channel', id })
  const isGone = await recorded(await platform.database(), deed, (tx) => deleteChannelRow(tx, caller.workspaceId, id))
  if (!isGone) throw notFound('channel')
}

/** The channel as its owners see it. */
export async function viewed(platform: Platform, row: ChannelRow): Promise<Channel> {
  return channelView(row, await secretFields(platform, row), platform.now())
}

export function momentOf(time: string | null): Date | null {
  return time === null ? null : new Date(time)
}
