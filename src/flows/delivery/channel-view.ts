import type { Channel } from '../../contracts/api/channel.ts'
import type { ChannelRow } from '../../storage/postgres/delivery-tables.ts'

/** The channel as its owners see it: what is secret is named, not shown. */
export function channelView(row: ChannelRow, secrets: string[], now: Date): Channel {
  const time = (at: Date | null) => at?.toISOString() ?? null
  const { id, type, name, config, events, template, quiet, digest, enabled, disabledReason } = row
  return {
    id,
    type,
    name,
    config,
    secrets,
    events,
    template,
    quiet,
    mutedUntil: time(row.mutedUntil),
    digest,
    nextDigestAt: time(row.nextDigestAt),
    enabled,
    status: statusOf(row, now),
    disabledAt: time(row.disabledAt),
    disabledReason,
    failingSince: time(row.failingSince),
    createdAt: row.createdAt.toISOString(),
  }
}

function statusOf({ enabled, disabledAt, mutedUntil }: ChannelRow, now: Date): Channel['status'] {
  if (!enabled) return 'paused'
  if (disabledAt !== null) return 'disabled'
  return mutedUntil !== null && mutedUntil > now ? 'muted' : 'active'
}
