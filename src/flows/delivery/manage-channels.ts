import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import {
  CONFIGS,
  type ChangeChannel,
  type Channel,
  type ChannelType,
  type CreateChannel,
  type NewChannel,
  type RotateSecret,
  type Template,
} from '../../contracts/api/channel.ts'
import type { Delivery } from '../../contracts/api/delivery.ts'
import { TOKENS } from '../../domain/delivery/notice.ts'
import { unknownTokens } from '../../domain/delivery/template.ts'
import { newWebhookSecret } from '../../notify/standard-webhooks.ts'
import {
  type ChannelChange,
  changeChannel,
  deleteChannelRow,
  findChannel,
  insertChannel,
  listChannels,
  lockChannel,
  reviveChannel,
} from '../../storage/postgres/channels.ts'
import { nextDue } from '../../storage/postgres/deliveries.ts'
import type { ChannelRow } from '../../storage/postgres/delivery-tables.ts'
import { announce } from '../../storage/postgres/outbox.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { Refusal, notFound, refuseFaults } from '../problem.ts'
import {
  type ChannelSecrets,
  openSecrets,
  parted,
  sealSecrets,
  secretFields,
  signingSecrets,
} from './channel-secrets.ts'
import { channelView } from './channel-view.ts'
import { deliver } from './deliver.ts'
import { refuseUnreachable } from './refuse-unreachable.ts'
import { sendSoon } from './send-soon.ts'
import { showDelivery } from './manage-deliveries.ts'

/** Adds a channel. Of a webhook's secret the answer has nothing: see `secretOf`. */
export async function createChannel(platform: Platform, caller: Caller, wanted: CreateChannel): Promise<Channel> {
  refuseBadTemplate(wanted.template)
  await refuseBadTarget(platform, wanted.type, wanted.config)
  const { workspaceId } = caller
  const id = uuidv7()
  const { shown, secret } = parted(wanted.type, wanted.config)
  const signing = wanted.type === 'webhook' ? [{ secret: wanted.secret ?? newWebhookSecret(), until: null }] : []
  const sealed = await sealSecrets(platform, id, { config: secret, signing })
  const { type, name, events, template, quiet, enabled } = wanted
  const mutedUntil = momentOf(wanted.mutedUntil)
  const row = { id, workspaceId, type, name, config: shown, sealed, events, template, quiet, mutedUntil, enabled }
  const deed = deedOf(caller, 'channel.created', { kind: 'channel', id })
  const inserted = await recorded(await platform.database(), deed, (tx) =>
    insertChannel(tx, { ...row, slowDowns: 0, createdAt: platform.now() }),
  )
  return channelView(inserted, Object.keys(secret), platform.now())
}

export async function showChannel(platform: Platform, workspaceId: string, id: string): Promise<Channel> {
  const row = await findChannel(await platform.database(), workspaceId, id)
  if (!row) throw notFound('channel')
  return view(platform, row)
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
  const shown = rows.slice(0, page.limit).map((row) => view(platform, row))
  return { channels: await Promise.all(shown), more: rows.length > page.limit }
}

/** Changes what is named and keeps the rest, secrets included. */
export async function editChannel(
  platform: Platform,
  caller: Caller,
  id: string,
  wish: ChangeChannel,
): Promise<Channel> {
  if (wish.template) refuseBadTemplate(wish.template)
  const db = await platform.database()
  const before = await findChannel(db, caller.workspaceId, id)
  if (!before) throw notFound('channel')
  const config = wish.config && (await wholeConfig(platform, before, wish.config))
  if (config) await refuseBadTarget(platform, before.type, config)
  const deed = deedOf(caller, 'channel.changed', { kind: 'channel', id })
  const row = await recorded(db, deed, async (tx) => {
    const current = await lockChannel(tx, caller.workspaceId, id)
    if (!current) throw notFound('channel')
    if (wish.enabled) await reviveChannel(tx, id)
    return (await changeChannel(tx, id, await changeOf(platform, current, wish, config))) ?? current
  })
  // What has waited while it was paused.
  if (wish.enabled) await sendSoon(platform, await nextDue(db, id, 1))
  return view(platform, row)
}

async function changeOf(
  platform: Platform,
  current: ChannelRow,
  { name, events, template, quiet, mutedUntil, enabled }: ChangeChannel,
  config: Record<string, unknown> | undefined,
): Promise<ChannelChange> {
  const { shown, secret } = config ? parted(current.type, config) : { shown: current.config, secret: undefined }
  const secrets = secret && { ...(await openSecrets(platform, current)), config: secret }
  return {
    name: name ?? current.name,
    config: shown,
    ...(secrets && { sealed: await sealSecrets(platform, current.id, secrets) }),
    ...(events && { events }),
    ...(template !== undefined && { template }),
    ...(quiet !== undefined && { quiet }),
    ...(mutedUntil !== undefined && { mutedUntil: momentOf(mutedUntil) }),
    ...(enabled !== undefined && { enabled }),
  }
}

export async function deleteChannel(platform: Platform, caller: Caller, id: string): Promise<void> {
  const deed = deedOf(caller, 'channel.deleted', { kind: 'channel', id })
  const isGone = await recorded(await platform.database(), deed, (tx) => deleteChannelRow(tx, caller.workspaceId, id))
  if (!isGone) throw notFound('channel')
}

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
  return { ...(await view(platform, row)), secret }
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

async function view(platform: Platform, row: ChannelRow): Promise<Channel> {
  return channelView(row, await secretFields(platform, row), platform.now())
}

/** What is kept, with what is new in its place. */
async function wholeConfig(
  platform: Platform,
  row: ChannelRow,
  config: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { config: secret } = await openSecrets(platform, row)
  const parsed = CONFIGS[row.type].safeParse({ ...row.config, ...secret, ...config })
  if (parsed.success) return parsed.data
  throw badConfig(parsed.error.issues)
}

function badConfig(issues: readonly z.core.$ZodIssue[]): Refusal {
  const errors = issues.map(({ path, message }) => ({ path: ['config', ...path].join('.'), message }))
  const [first] = errors
  return new Refusal(400, 'validation_failed', `${first?.path}: ${first?.message}`, { errors })
}

/** Acceptance case 43: a token that there is none of would show up in an alert, when nobody can mend it. */
function refuseBadTemplate(template: Template | null): void {
  const errors = (['title', 'text'] as const).flatMap((field) => {
    const unknown = unknownTokens(template?.[field] ?? '')
    const message = `there is no ${unknown.join(', ')}; the tokens are ${TOKENS.join(', ')}`
    return unknown.length > 0 ? [{ path: `template.${field}`, message }] : []
  })
  refuseFaults(errors)
}

async function refuseBadTarget(platform: Platform, type: ChannelType, config: Record<string, unknown>): Promise<void> {
  if (type === 'email' && !platform.sendMail) {
    const detail = 'This platform sends no e-mail: its operator has not set LAPIS_SMTP_URL.'
    throw new Refusal(503, 'email_unavailable', detail)
  }
  for (const url of [config['url'], config['apiUrl']])
    if (typeof url === 'string') await refuseUnreachable(platform, url)
}

function momentOf(time: string | null): Date | null {
  return time === null ? null : new Date(time)
}
