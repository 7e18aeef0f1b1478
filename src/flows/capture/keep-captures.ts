import { v7 as uuidv7 } from 'uuid'
import type { Capture } from '../../net/rendering/capture.ts'
import { deleteCaptures, putCapture } from '../../storage/archive/captures.ts'
import {
  type NewCapture,
  announceCaptures,
  confirmCaptures,
  deleteCaptureRows,
} from '../../storage/postgres/captures.ts'
import type { Database } from '../../storage/postgres/database.ts'
import { countUse } from '../../storage/postgres/usage.ts'
import type { Platform } from '../platform.ts'

/** Whose they are; a crawl's go with the crawl. */
export interface CaptureOwner {
  workspaceId: string
  crawlId: string | null
  /** Of an answer that may be given again. */
  asked?: string
}

/** Captures that have a place of their own by now. */
export interface KeptCaptures {
  urlOf: (capture: Capture) => string | undefined
  /** Takes them back: what they belong to was not recorded. */
  discard: (captures: readonly Capture[]) => Promise<void>
}

/**
 * Stores captures: rows first, then objects, then the word that they are there. Whoever deletes their owner meanwhile has
 * them deleted here.
 */
export async function keepCaptures(
  platform: Platform,
  owner: CaptureOwner,
  captures: readonly Capture[],
): Promise<KeptCaptures> {
  const db = await platform.database()
  const places = new Map(captures.map((capture) => [capture, placeOf(platform, owner, capture)]))
  const discard = async (some: readonly Capture[]): Promise<void> => {
    const unwanted = some.flatMap((capture) => places.get(capture) ?? [])
    await deleteCaptures(platform.archive, unwanted)
    await deleteCaptureRows(db, idsOf(unwanted))
  }
  await announceCaptures(db, [...places.values()])
  for (const [capture, place] of places) await putCapture(platform.archive, place, capture)
  const stored = [...places].map(([{ bytes }, { id }]) => ({ id, bytes: bytes.byteLength }))
  if (!(await confirmCaptures(db, stored))) await discard(captures)
  else await countBytes(db, owner.workspaceId, stored)
  const urlOf = (capture: Capture): string | undefined => {
    const place = places.get(capture)
    return place && `${platform.publicUrl}/v1/captures/${place.id}`
  }
  return { urlOf, discard }
}

function placeOf(platform: Platform, owner: CaptureOwner, { contentType }: Capture): NewCapture {
  const { workspaceId, crawlId, asked = null } = owner
  return { id: uuidv7({ msecs: platform.now().getTime() }), workspaceId, crawlId, contentType, asked }
}

function idsOf(places: readonly NewCapture[]): string[] {
  return places.map(({ id }) => id)
}

async function countBytes(db: Database, workspaceId: string, stored: readonly { bytes: number }[]): Promise<void> {
  const total = stored.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > 0) await countUse(db, workspaceId, { bytes: total })
}
