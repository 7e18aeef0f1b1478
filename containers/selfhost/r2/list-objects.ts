import type { Env, ObjectRow } from './bucket.ts'
import { type ListRequest, answer, described, fault, faults } from './protocol.ts'

const MOST_PER_PAGE = 1_000
const HTTP_METADATA = 0
const CUSTOM_METADATA = 1

export async function listObjects(env: Env, bucket: string, request: ListRequest): Promise<Response> {
  const limit = request.limit ?? MOST_PER_PAGE
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) return fault(faults.badLimit)
  const after = request.cursor === undefined ? (request.startAfter ?? '') : decodeURIComponent(request.cursor)
  const { prefix = '', delimiter } = request
  const page = await env.BUCKET.getByName(bucket).list({ prefix, after, delimiter, limit })
  // Keys are any text, cursors ASCII.
  return answer({
    objects: page.rows.map((row) => listed(row, request.include ?? [])),
    truncated: page.next !== undefined,
    ...(page.next !== undefined && { cursor: encodeURIComponent(page.next) }),
    delimitedPrefixes: page.prefixes,
  })
}

/** Metadata that was not asked for is not told (compatibility flag r2_list_honor_include). */
function listed(row: ObjectRow, include: readonly number[]): Record<string, unknown> {
  const { httpFields, customFields, ...plain } = described(row)
  return {
    ...plain,
    httpFields: include.includes(HTTP_METADATA) ? httpFields : {},
    customFields: include.includes(CUSTOM_METADATA) ? customFields : [],
  }
}
