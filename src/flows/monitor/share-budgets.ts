import { priceOf } from '../../domain/monitor/schedule/adaptive.ts'
import { changesPerHour, claimantOf } from '../../domain/monitor/schedule/next-check.ts'
import { adaptiveMonitors, budgets, putPrice } from '../../storage/postgres/check-budgets.ts'
import type { Database } from '../../storage/postgres/database.ts'
import type { Platform } from '../platform.ts'

const HOURS_A_DAY = 24

/** A budget of checks, for all adaptive monitors of a workspace. */
interface Budget {
  workspaceId: string
  checksPerDay: number
}

/** What a check costs changes with every monitor that comes, goes, or is found to change more or less often. */
export async function shareBudgets(platform: Platform): Promise<void> {
  const db = await platform.database()
  for (const budget of await budgets(db)) await sharePrice(db, budget)
}

/** Finds the price at which a workspace's adaptive monitors keep its budget. Each takes it when it is checked next. */
export async function sharePrice(db: Database, { workspaceId, checksPerDay }: Budget): Promise<void> {
  const claimants = (await adaptiveMonitors(db, workspaceId)).map(({ adaptive, changeRate }) =>
    claimantOf(adaptive, changeRate ?? changesPerHour([])),
  )
  await putPrice(db, workspaceId, priceOf(claimants, checksPerDay / HOURS_A_DAY))
}
