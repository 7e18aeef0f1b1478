import { z } from 'zod'
import { CONFIGS, type ChangeChannel, type Channel } from '../../contracts/api/channel.ts'
import { readAs } from '../../contracts/faults/read-as.ts'
import { isSameJson } from '../../domain/json/is-same-json.ts'
import {
  type ChannelChange,
  changeChannel,
  findChannel,
  lockChannel,
  reviveChannel,
} from '../../storage/postgres/channels.ts'
import { nextDue } from '../../storage/postgres/deliveries.ts'
import type { ChannelRow } from '../../storage/postgres/delivery-tables.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { invalid, notFound, refuseFaults } from '../problem.ts'
import { openSecrets, parted, sealSecrets } from './channel-secrets.ts'
import { digestPlan } from './digest-plan.ts'
import { momentOf, viewed } from './manage-channels.ts'
import { refuseBadDigest, refuseBadTarget, refuseBadTemplate } from './refuse-bad-channel.ts'
import { sendSoon } from './send-soon.ts'

/** Changes what is named and keeps the rest, secrets included. */
export async function editChannel(
  platform: Platform,
  caller: Caller,
  id: string,
  wish: ChangeChannel,
): Promise<Channel> {
  if (wish.digest) refuseBadDigest(platform, wish.digest)
  const db = await platform.database()
  const before = await findChannel(db, caller.workspaceId, id)
  if (!before) throw notFound('channel')
  refuseReadOnly(before, wish)
  if (wish.template && !isSameJson(wish.template, before.template)) refuseBadTemplate(wish.template, before.type)
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
  return viewed(platform, row)
}

/** What is shown may be sent back; something else in its place would change nothing. */
function refuseReadOnly(before: ChannelRow, { type, status, enabled = before.enabled }: ChangeChannel): void {
  if (type !== undefined && type !== before.type)
    refuseFaults([{ path: 'type', message: 'can not be changed; make another channel' }])
  if (status !== undefined && (status === 'paused') === enabled)
    refuseFaults([{ path: 'status', message: 'is what `enabled` makes of it; set that' }])
}

async function changeOf(
  platform: Platform,
  current: ChannelRow,
  { name, events, template, quiet, mutedUntil, digest, enabled }: ChangeChannel,
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
    ...(digest !== undefined && !isSameJson(digest, current.digest) && digestPlan(platform, current.id, digest)),
    ...(enabled !== undefined && { enabled }),
  }
}

/** What is kept, with what is new in its place. */
async function wholeConfig(
  platform: Platform,
  row: ChannelRow,
  config: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { config: secret } = await openSecrets(platform, row)
  const read = readAs(z.object({ config: CONFIGS[row.type] }), { config: { ...row.config, ...secret, ...config } })
  if (!read.ok) throw invalid(read.faults)
  return read.value.config
}
