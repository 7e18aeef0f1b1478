import type { MonitorSettings, PutMonitorSettings } from '../../contracts/api/monitor-settings.ts'
import { ruleFaults } from '../../domain/monitor/rule-faults.ts'
import { WHOLE_WORKSPACE, deleteSettings, listSettings, putSettings } from '../../storage/postgres/monitor-settings.ts'
import type { MonitorSettingsRow } from '../../storage/postgres/monitor-tables.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { Refusal, refuseFaults } from '../problem.ts'
import { sharePrice } from './share-budgets.ts'
import { refuseUnknownChannels } from './monitor-order.ts'

export async function showSettings(platform: Platform, workspaceId: string): Promise<MonitorSettings[]> {
  return (await listSettings(await platform.database(), workspaceId)).map(view)
}

/** Puts settings for a tag or the workspace in the place of those that there were. Like an edit, it alerts nobody. */
export async function changeSettings(
  platform: Platform,
  caller: Caller,
  wish: PutMonitorSettings,
): Promise<MonitorSettings> {
  const { workspaceId } = caller
  const { tag, ignore, channels, mutedUntil, checksPerDay } = wish
  refuseFaults(ruleFaults({ ignore }))
  await refuseUnknownChannels(platform, workspaceId, channels)
  const row: MonitorSettingsRow = {
    workspaceId,
    tag: tag ?? WHOLE_WORKSPACE,
    ignore,
    channels,
    mutedUntil: mutedUntil === null ? null : new Date(mutedUntil),
    checksPerDay,
    checkPrice: null,
    updatedAt: platform.now(),
  }
  const db = await platform.database()
  await recorded(db, deed(caller), (tx) => putSettings(tx, row))
  if (checksPerDay !== null) await sharePrice(db, { workspaceId, checksPerDay })
  return view(row)
}

export async function dropSettings(platform: Platform, caller: Caller, tag: string | undefined): Promise<void> {
  const of = { workspaceId: caller.workspaceId, tag: tag ?? WHOLE_WORKSPACE }
  const wereThere = await recorded(await platform.database(), deed(caller), (tx) => deleteSettings(tx, of))
  if (!wereThere) throw new Refusal(404, 'not_found', 'There are no such settings in this workspace.')
}

function deed(caller: Caller) {
  return deedOf(caller, 'monitor_settings.changed', { kind: 'workspace', id: caller.workspaceId })
}

function view({ tag, ignore, channels, mutedUntil, checksPerDay, updatedAt }: MonitorSettingsRow): MonitorSettings {
  return {
    tag: tag === WHOLE_WORKSPACE ? null : tag,
    ignore: [...ignore],
    channels,
    mutedUntil: mutedUntil?.toISOString() ?? null,
    checksPerDay,
    updatedAt: updatedAt.toISOString(),
  }
}
