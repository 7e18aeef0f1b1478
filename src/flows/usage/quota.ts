import type { RenderMode } from '../../domain/render/render-mode.ts'
import { monthOf } from '../../domain/limits/month.ts'
import { usageSince } from '../../storage/postgres/usage.ts'
import type { Platform } from '../platform.ts'
import { type RenderOptions, needOf } from '../render/refuse-unrenderable.ts'
import { Refusal } from '../problem.ts'

export type Quoted = 'pages' | 'renders' | 'checks'

/** A month's worth for each workspace; 0: no limit. */
export type Quotas = Readonly<Record<Quoted, number>>

/**
 * Refuses what would use up more than a month's quota. It is asked before work is taken on: what has begun goes on, so
 * a crawl that was accepted with one page left still records all that it may.
 */
export async function requireQuota(platform: Platform, workspaceId: string, what: Quoted, wanted = 1): Promise<void> {
  const standing = await standingOf(platform, workspaceId, what)
  if (!standing || standing.left >= wanted) return
  const { left, endsAt } = standing
  const detail = `This workspace may have ${platform.quotas[what]} ${what} a month; ${left} are left, and this takes ${wanted} at least. A new month begins at ${endsAt.toISOString()}.`
  const seconds = Math.ceil((endsAt.getTime() - platform.now().getTime()) / 1_000)
  throw new Refusal(429, 'quota_exceeded', detail, { headers: { 'retry-after': String(seconds) } })
}

/**
 * Whether pages may be rendered: `always`, and what only a browser can give, is refused once the month's renders are used
 * up, and `auto` becomes `never`, which the options of a crawl then say.
 */
export async function renderWithinQuota(
  platform: Platform,
  workspaceId: string,
  options: RenderOptions,
): Promise<RenderMode> {
  const { render } = options
  if (render === 'never') return render
  if (render === 'always' || needOf(options) !== undefined) await requireQuota(platform, workspaceId, 'renders')
  const standing = await standingOf(platform, workspaceId, 'renders')
  return standing?.left === 0 ? 'never' : render
}

/** When a quota that is used up comes back; undefined while some of it is left. */
export async function usedUpUntil(platform: Platform, workspaceId: string, what: Quoted): Promise<Date | undefined> {
  const standing = await standingOf(platform, workspaceId, what)
  return standing?.left === 0 ? standing.endsAt : undefined
}

/** Undefined where there is no limit. */
async function standingOf(
  platform: Platform,
  workspaceId: string,
  what: Quoted,
): Promise<{ left: number; endsAt: Date } | undefined> {
  const limit = platform.quotas[what]
  if (limit === 0) return undefined
  const { firstDay, endsAt } = monthOf(platform.now())
  const used = (await usageSince(await platform.database(), firstDay, workspaceId))[what]
  return { left: Math.max(0, limit - used), endsAt }
}
