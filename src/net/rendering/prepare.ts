import { answerBanner } from './cookie-banner.ts'
import { loadMore } from './load-more.ts'
import type { OpenPage } from './open-page.ts'
import { performActions } from './perform-actions.ts'
import { Performed } from './performed.ts'
import type { RenderOutcome } from './render-order.ts'

/** Does to a page that stands what the caller wishes before it is read; what that brought to light, or why it can't be done. */
export async function prepare(open: OpenPage): Promise<Performed | (RenderOutcome & { kind: 'failed' })> {
  const { order, guard } = open
  const performed = new Performed()
  if (order.cookieBanners || order.loadMore) guard.stay()
  if (order.cookieBanners) await answerBanner(open, order.cookieBanners)
  const loaded = order.loadMore ? await loadMore(open, order.loadMore) : []
  if ('kind' in loaded) return loaded
  performed.warnings.push(...loaded)
  return performActions(open, performed)
}
