import type { ScrapeOptions } from '../contracts/api/scrape.ts'
import type { PageFormatName } from '../domain/crawl/crawl-brief.ts'
import { fieldFaults } from '../domain/page/fields/field-faults.ts'
import type { FieldRules } from '../domain/page/fields/field-rules.ts'
import { refuseFaults } from './problem.ts'

type Formats = ScrapeOptions['formats']

/** The formats by their names alone, each once. */
export function formatNames(formats: Formats): PageFormatName[] {
  return [...new Set(formats.map((format) => (typeof format === 'string' ? format : format.type)))]
}

export function fieldRules(formats: Formats): FieldRules | undefined {
  for (const format of formats) if (typeof format === 'object') return format.fields
  return undefined
}

/** Refuses at the door what would read nothing of any page later. `path` is where the formats stand in the request. */
export function refuseBadFormats(formats: Formats, path: string): void {
  const asked = formats.flatMap((format, index) => (typeof format === 'object' ? [{ format, index }] : []))
  refuseFaults(
    asked.flatMap(({ format, index }, which) => [
      ...(which > 0 ? [{ path: `${path}.${index}`, message: 'name all fields in one format' }] : []),
      ...fieldFaults(format.fields, `${path}.${index}.fields`),
    ]),
  )
}
