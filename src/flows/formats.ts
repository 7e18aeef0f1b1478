import type { WishedFormat } from '../domain/crawl/page-formats.ts'
import { fieldFaults } from '../domain/page/fields/field-faults.ts'
import { refuseFaults } from './problem.ts'

/** Refuses at the door what would read nothing of any page later. `path` is where the formats stand in the request. */
export function refuseBadFormats(formats: readonly WishedFormat[], path: string): void {
  const asked = formats.flatMap((format, index) =>
    typeof format === 'object' && format.type === 'fields' ? [{ format, index }] : [],
  )
  refuseFaults(
    asked.flatMap(({ format, index }, which) => [
      ...(which > 0 ? [{ path: `${path}.${index}`, message: 'name all fields in one format' }] : []),
      ...fieldFaults(format.fields, `${path}.${index}.fields`),
    ]),
  )
}
