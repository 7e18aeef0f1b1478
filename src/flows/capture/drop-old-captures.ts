import { deleteCaptures } from '../../storage/archive/captures.ts'
import { capturesOlderThan, deleteCaptureRows } from '../../storage/postgres/captures.ts'
import type { Platform } from '../platform.ts'

/** Of scrapes, which answer at once: those of crawls are kept as long as their crawls. */
const KEPT_DAYS = 7
const AT_A_TIME = 500

export async function dropOldCaptures(platform: Platform): Promise<void> {
  const db = await platform.database()
  for (;;) {
    const rows = await capturesOlderThan(db, KEPT_DAYS, AT_A_TIME)
    await deleteCaptures(platform.archive, rows)
    await deleteCaptureRows(
      db,
      rows.map(({ id }) => id),
    )
    if (rows.length < AT_A_TIME) return
  }
}
