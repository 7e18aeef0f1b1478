import { type InForce, inForce } from '../../domain/monitor/cascade.ts'
import type { MonitorRules } from '../../domain/monitor/rules.ts'
import { WHOLE_WORKSPACE, settingsFor } from '../../storage/postgres/monitor-settings.ts'
import type { MonitorRow } from '../../storage/postgres/monitor-tables.ts'
import type { Platform } from '../platform.ts'
import { rulesOf } from './rules-of.ts'

type Watched = Pick<MonitorRow, 'workspaceId' | 'tags'> & {
  options: Parameters<typeof rulesOf>[0] & Pick<MonitorRow['options'], 'channels' | 'mutedUntil'>
}

/** What holds for a monitor by itself, by its tags and by its workspace; and its rules with what all of them ignore. */
export async function settingsInForce(
  platform: Platform,
  { workspaceId, tags, options }: Watched,
): Promise<InForce & { rules: MonitorRules; price: number | null }> {
  const rows = await settingsFor(await platform.database(), workspaceId, tags)
  const { ignore, channels, mutedUntil } = options
  const workspace = rows.find(({ tag }) => tag === WHOLE_WORKSPACE)
  const cascade = {
    monitor: { ignore, channels, mutedUntil: mutedUntil === undefined ? null : new Date(mutedUntil) },
    tags: rows.filter(({ tag }) => tag !== WHOLE_WORKSPACE),
    workspace,
  }
  const settings = inForce(cascade, platform.now())
  // None at all is not the same rule as an empty list of them.
  const ignored = settings.ignore.length > 0 ? settings.ignore : ignore
  const price = workspace?.checkPrice ?? null
  return { ...settings, price, rules: rulesOf({ ...options, ignore: ignored }, platform.clockSpeed) }
}
