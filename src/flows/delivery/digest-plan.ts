import type { Digest } from '../../contracts/api/channel.ts'
import { nextCheck } from '../../domain/monitor/schedule/next-check.ts'
import type { ChannelRow } from '../../storage/postgres/delivery-tables.ts'
import type { Platform } from '../platform.ts'

/**
 * When a channel's next digest is due, as its columns. Each channel has its own place in an interval, as monitors have: the
 * digests of all are not sent at the same moment. Without a digest, what waits is sent at the next opportunity.
 */
export function digestPlan(
  { now, clockSpeed }: Pick<Platform, 'now' | 'clockSpeed'>,
  channelId: string,
  digest: Digest | null,
): Pick<ChannelRow, 'digest' | 'nextDigestAt'> {
  if (!digest) return { digest, nextDigestAt: null }
  const situation = { monitorId: channelId, now: now().getTime(), history: [], clockSpeed }
  const { at } = nextCheck({ schedule: digest, windows: [] }, situation)
  return { digest, nextDigestAt: at === Infinity ? null : new Date(at) }
}
