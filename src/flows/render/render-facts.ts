import type { Document } from '../../contracts/api/document.ts'
import type { PageReading } from '../../domain/page/page.ts'
import type { Rendering } from './read-or-render.ts'

/** What a Document says of its rendering. */
export function renderFacts(rendering: Rendering | undefined): Pick<Document, 'rendered' | 'renderReason'> {
  return rendering ? { rendered: true, renderReason: rendering.reason } : { rendered: false }
}

/** The `metadata` format tells, too, what the page's console said and what it could not load. */
export function withNotes(reading: PageReading, rendering: Rendering | undefined): PageReading {
  if (!rendering || !reading.metadata) return reading
  return { ...reading, metadata: { ...reading.metadata, rendering: rendering.notes } }
}
