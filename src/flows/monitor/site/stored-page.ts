import type { Fetched } from '../../../domain/monitor/reading/reading.ts'
import { readConversion, readRanges, readResponse } from '../../../storage/archive/segment-reader.ts'
import { RENDERED_TYPE } from '../../../storage/archive/segment-writer.ts'
import type { PageRow } from '../../../storage/postgres/tables.ts'
import { conversionRange, responseRange } from '../../crawl/list-pages.ts'

/** Pages of a crawl as a monitor reads them, by the keys of their URLs: as they were answered, or as a browser left them. */
export async function storedPages(archive: R2Bucket, rows: readonly PageRow[]): Promise<Map<string, Fetched>> {
  const rendered = rows.filter(({ document }) => document.rendered)
  const responses = await readRanges(archive, rows.map(responseRange))
  const conversions = await readRanges(archive, rendered.map(conversionRange))
  const documents = new Map(
    rendered.map((row, index) => [row.urlKey, readConversion(conversions[index] ?? new Uint8Array()).rendered]),
  )
  return new Map(
    rows.map((row, index) => [
      row.urlKey,
      fetchedOf(row, responses[index] ?? new Uint8Array(), documents.get(row.urlKey)),
    ]),
  )
}

function fetchedOf({ url, status }: PageRow, member: Uint8Array, rendered: Uint8Array | undefined): Fetched {
  const { headers, body } = readResponse(member)
  if (!rendered) return { url, status, headers: [...headers], body }
  const others = [...headers].filter(([name]) => name.toLowerCase() !== 'content-type')
  return { url, status, headers: [...others, ['content-type', RENDERED_TYPE]], body: rendered }
}
