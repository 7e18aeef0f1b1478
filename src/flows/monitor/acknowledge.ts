import type { MonitorChange } from '../../contracts/api/monitor-change.ts'
import { acknowledgeChange } from '../../storage/postgres/monitor-history.ts'
import { deedOf, recorded } from '../identity/audit.ts'
import type { Caller } from '../identity/authenticate.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'
import { changeView } from './monitor-view.ts'

/** Says that a change was seen, by whom and when, or takes that back. */
export async function acknowledge(
  platform: Platform,
  caller: Caller,
  id: string,
  wasSeen: boolean,
): Promise<MonitorChange> {
  const { workspaceId, by } = caller
  const deed = deedOf(caller, wasSeen ? 'change.acknowledged' : 'change.unacknowledged', { kind: 'change', id })
  const seen = { by: by.kind === 'key' ? by.keyId : by.userId, at: platform.now() }
  const row = await recorded(await platform.database(), deed, async (tx) => {
    const found = await acknowledgeChange(tx, { workspaceId, id }, wasSeen ? seen : null)
    if (!found) throw notFound('change')
    return found
  })
  return changeView(platform, row)
}
