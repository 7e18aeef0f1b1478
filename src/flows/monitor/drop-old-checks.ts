import { dropChecksOlderThan } from '../../storage/postgres/checks.ts'
import type { Platform } from '../platform.ts'

const KEPT_DAYS = 90

export async function dropOldChecks(platform: Platform): Promise<void> {
  await dropChecksOlderThan(await platform.database(), KEPT_DAYS)
}
