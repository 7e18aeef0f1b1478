import type { PageReading } from '../../../../../src/domain/page/page.ts'
import { readPage } from '../../../../../src/domain/page/read-page.ts'

interface Place {
  url?: string
  /** ISO 8601. */
  now?: string
}

/** What a page says of itself, its `modifiedAt` included. */
export function readFacts(html: string, { url = 'https://paper.test/story', now }: Place = {}) {
  const reading: PageReading = readPage({
    url,
    contentType: 'text/html; charset=utf-8',
    body: new TextEncoder().encode(html),
    formats: new Set(['metadata'] as const),
    onlyMainContent: true,
    ...(now !== undefined && { now: Date.parse(now) }),
  })
  const { title, author, publishedAt, metadata } = reading
  return { title, author, publishedAt, modifiedAt: metadata?.['modifiedAt'] }
}

export function jsonLd(value: unknown): string {
  return `<script type="application/ld+json">${JSON.stringify(value)}</script>`
}

/** What an article goes on with: enough text that nothing beside it is taken for its head. */
export const STORY = '<p>Once upon a time there was a page, and somebody wrote what it had to tell.</p>'.repeat(8)
