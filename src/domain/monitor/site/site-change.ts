import type { Block } from '../block.ts'
import type { BlockChange } from '../diff/change.ts'
import type { Change } from '../verdict/decision.ts'

/** Pages that a change lists; there may be more, which are counted. */
const MOST_PAGES = 1_000
/** Blocks that it shows, of all its pages together. */
const MOST_BLOCKS = 2_000

interface SitePage {
  url: string
  title: string | null
}

export interface NewPage extends SitePage {
  words: number
  /** Of its bytes. */
  hash: string
}

export interface ChangedPage extends SitePage {
  change: Change
  hash: string
}

export interface RemovedPage extends SitePage {
  /** As at `GET /v1/crawls/:id/gone`. */
  reason: string
  status?: number
}

/** What is told of a site at once. */
export interface SiteNews {
  new: readonly NewPage[]
  changed: readonly ChangedPage[]
  removed: readonly RemovedPage[]
}

export type PageNews =
  | ({ kind: 'new' } & SitePage)
  | ({ kind: 'changed'; summary: Change['summary'] } & SitePage)
  | ({ kind: 'removed' } & RemovedPage)

/** How many pages, and which of them, as far as they are listed. */
export interface SitePages {
  new: number
  changed: number
  removed: number
  list: readonly PageNews[]
}

/** A change whose blocks are those of many pages: a new or removed page is one, of a changed page those that differ. */
export type SiteChange = Change & { before: readonly Block[]; after: readonly Block[]; pages: SitePages }

export function countOf(news: SiteNews): number {
  return news.new.length + news.changed.length + news.removed.length
}

/** One change out of all that is told. `pagesInAll` is how many pages the site has now. Plain JSON. */
export function siteChange(news: SiteNews, pagesInAll: number): SiteChange {
  const sheet = new Sheet()
  for (const page of news.new) sheet.add('added', page.url, titled(page))
  for (const page of news.removed) sheet.add('removed', page.url, titled(page))
  for (const page of news.changed) for (const block of page.change.blocks) sheet.take(page.url, block)
  const words = (of: 'added' | 'removed') => news.changed.reduce((sum, { change }) => sum + change.summary[of], 0)
  return {
    blocks: sheet.blocks,
    before: sheet.before,
    after: sheet.after,
    fields: news.changed.flatMap(({ url, change }) =>
      change.fields.map((field) => ({ ...field, name: `${url} ${field.name}` })),
    ),
    summary: {
      added: words('added') + news.new.reduce((sum, page) => sum + page.words, 0),
      removed: words('removed'),
      moved: 0,
      changedRatio: Math.min(1, countOf(news) / Math.max(1, pagesInAll)),
    },
    pages: {
      new: news.new.length,
      changed: news.changed.length,
      removed: news.removed.length,
      list: listed(news).slice(0, MOST_PAGES),
    },
  }
}

function listed(news: SiteNews): PageNews[] {
  return [
    ...news.new.map(({ url, title }) => ({ kind: 'new' as const, url, title })),
    ...news.changed.map(({ url, title, change }) => ({
      kind: 'changed' as const,
      url,
      title,
      summary: change.summary,
    })),
    ...news.removed.map((page) => ({ kind: 'removed' as const, ...page })),
  ]
}

function titled({ url, title }: SitePage): string {
  return title === null ? url : `${title} (${url})`
}

/** Two versions of one long page, made of what differs. */
class Sheet {
  readonly before: Block[] = []
  readonly after: Block[] = []
  readonly blocks: BlockChange[] = []

  /** A page that is new or gone. */
  add(kind: 'added' | 'removed', url: string, text: string): void {
    const block = { key: url, under: '', text }
    if (kind === 'added') this.#put({ kind, ...block, to: 0 }, block)
    else this.#put({ kind, ...block, from: 0, to: 0 }, block)
  }

  /** A part of a page that has changed. */
  take(url: string, change: BlockChange): void {
    const under = change.under === '' ? url : `${url} › ${change.under}`
    this.#put(change, { key: `${url} ${change.key}`, under })
  }

  #put(change: BlockChange, name: { key: string; under: string }): void {
    if (this.blocks.length >= MOST_BLOCKS) return
    const { key, under } = name
    const [from, to] = [this.before.length, this.after.length]
    switch (change.kind) {
      case 'added':
        this.after.push({ key, under, text: change.text })
        this.blocks.push({ ...change, key, under, to })
        break
      case 'removed':
        this.before.push({ key, under, text: change.text })
        this.blocks.push({ ...change, key, under, from, to })
        break
      case 'changed':
        this.before.push({ key, under, text: change.before })
        this.after.push({ key, under, text: change.after })
        this.blocks.push({ ...change, key, under, from, to })
        break
      case 'moved':
        break
    }
  }
}
