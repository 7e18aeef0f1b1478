import type { Feed, FeedItem } from './feed.ts'
import { escaped } from './feed.ts'

const MAX_ITEMS = 1_000

/** JSON Feed 1.0 and 1.1 (jsonfeed.org); undefined for any other JSON. */
export function readJsonFeed(json: string): Feed | undefined {
  if (!json.includes('jsonfeed.org/version/')) return undefined
  const feed = parsed(json)
  if (!isRecord(feed) || !textOf(feed, 'version')?.includes('jsonfeed.org/version/')) return undefined
  const items: unknown[] = Array.isArray(feed['items']) ? feed['items'] : []
  const head = itemOf({ title: feed['title'], url: feed['home_page_url'], summary: feed['description'] })
  return { ...head, items: items.slice(0, MAX_ITEMS).filter(isRecord).map(itemOf), truncated: items.length > MAX_ITEMS }
}

function itemOf(entry: Record<string, unknown>): FeedItem {
  const title = textOf(entry, 'title')
  const link = textOf(entry, 'url')
  const date = textOf(entry, 'date_published')
  const plain = textOf(entry, 'summary') ?? textOf(entry, 'content_text')
  const summary = textOf(entry, 'content_html') ?? (plain === undefined ? undefined : `<p>${escaped(plain)}</p>`)
  return {
    ...(title !== undefined && { title }),
    ...(link !== undefined && { link }),
    ...(date !== undefined && { date }),
    ...(summary !== undefined && { summary }),
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function textOf(record: Record<string, unknown>, name: string): string | undefined {
  const value = record[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
