import { getCapture } from '../../storage/archive/captures.ts'
import { findCapture } from '../../storage/postgres/captures.ts'
import type { Platform } from '../platform.ts'
import { notFound } from '../problem.ts'

/** What a browser made of a page, as it was kept. */
export interface ShownCapture {
  contentType: string
  bytes: number
  body: ReadableStream
  etag: string
}

export async function showCapture(platform: Platform, workspaceId: string, id: string): Promise<ShownCapture> {
  const row = await findCapture(await platform.database(), workspaceId, id)
  const object = row && (await getCapture(platform.archive, row))
  if (!object) throw notFound('capture')
  return { contentType: row.contentType, bytes: object.size, body: object.body, etag: object.httpEtag }
}
