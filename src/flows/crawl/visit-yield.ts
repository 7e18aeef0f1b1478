import type { Outcome } from '../../domain/frontier/outcome.ts'
import { capturesIn } from '../capture/capture-facts.ts'
import type { Found } from './discover.ts'
import type { FetchedPage } from './visit-page.ts'

export interface TakenYield {
  pages: FetchedPage[]
  outcomes: { id: number; outcome: Outcome }[]
  found: Found[]
}

/** What a visit has gathered since it last handed in. */
export class VisitYield {
  #pages: FetchedPage[] = []
  #outcomes: { id: number; outcome: Outcome }[] = []
  #found: Found[] = []
  bytes = 0
  /** The site asked for rest (429, 503). */
  restAsked = false

  addPage(page: FetchedPage): void {
    this.#pages.push(page)
    const { body, rendering } = page
    const captured = capturesIn(rendering).reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
    this.bytes += body.byteLength + (rendering?.body.byteLength ?? 0) + captured
  }

  settle(id: number, outcome: Outcome): void {
    if (outcome.kind === 'slow-down') this.restAsked = true
    this.#outcomes.push({ id, outcome })
  }

  /** One by one: a sitemap names more URLs than a call can have arguments. */
  find(found: Iterable<Found>): void {
    for (const each of found) this.#found.push(each)
  }

  /** Takes everything out, so that a concurrent hand-in can't take it too. */
  take(): TakenYield {
    const taken = { pages: this.#pages, outcomes: this.#outcomes, found: this.#found }
    this.#pages = []
    this.#outcomes = []
    this.#found = []
    this.bytes = 0
    return taken
  }
}
