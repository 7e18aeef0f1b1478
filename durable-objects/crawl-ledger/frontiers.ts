import type { FrontierRpc } from '../../src/contracts/frontier.ts'
import type { Closed } from '../../src/domain/crawl/budget.ts'
import type { FrontierStanding, LedgerStore } from './store.ts'

/**
 * The frontiers of one crawl, as its ledger calls them. What can't be told now is learnt from the reply to the next report,
 * so that no call is waited for and none that fails does harm.
 */
export class Frontiers {
  readonly #ctx: DurableObjectState
  readonly #namespace: DurableObjectNamespace
  readonly #store: LedgerStore

  constructor(ctx: DurableObjectState, namespace: DurableObjectNamespace, store: LedgerStore) {
    this.#ctx = ctx
    this.#namespace = namespace
    this.#store = store
  }

  /** Waits until all have been told, or could not be. */
  async cancel(): Promise<void> {
    const crawlId = this.#store.read()?.brief.crawlId
    if (crawlId === undefined) return
    await Promise.allSettled(this.#store.standings().map(({ domain }) => this.#at(domain).close(crawlId, 'cancelled')))
  }

  /** Waits until all have been told, or could not be. */
  async pause(paused: boolean): Promise<void> {
    const crawlId = this.#store.read()?.brief.crawlId
    if (crawlId === undefined) return
    await Promise.allSettled(this.#store.standings().map(({ domain }) => this.#at(domain).pause(crawlId, paused)))
  }

  closeAll(reason: Closed): void {
    this.#tell(
      ({ idle }) => !idle,
      (frontier, crawlId) => frontier.close(crawlId, reason),
    )
  }

  closeOthers(than: string, reason: Closed): void {
    this.#tell(
      ({ domain, idle }) => domain !== than && !idle,
      (frontier, crawlId) => frontier.close(crawlId, reason),
    )
  }

  /** Permits that one frontier gave back may be what another waits for. */
  nudgeOthers(than: string): void {
    const brief = this.#store.read()?.brief
    const held = this.#store.standings().reduce((sum, each) => sum + each.granted, 0)
    if (!brief || held >= brief.limit) return
    this.#tell(
      ({ domain, wants, granted, recorded }) => domain !== than && wants > 0 && granted === recorded,
      (frontier, crawlId) => frontier.nudge(crawlId),
    )
  }

  #tell(
    wanted: (standing: FrontierStanding) => boolean,
    call: (frontier: FrontierRpc, crawlId: string) => Promise<void>,
  ): void {
    const crawlId = this.#store.read()?.brief.crawlId
    if (crawlId === undefined) return
    for (const { domain } of this.#store.standings().filter(wanted))
      this.#ctx.waitUntil(call(this.#at(domain), crawlId).catch(() => undefined))
  }

  #at(domain: string): FrontierRpc {
    return this.#namespace.getByName(domain) as unknown as FrontierRpc
  }
}
