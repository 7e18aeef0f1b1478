import { Document } from '../../contracts/api/document.ts'
import type { ScrapeRequest } from '../../contracts/api/scrape.ts'
import { isSecretHeader } from '../../domain/fetch/credentials.ts'
import { getCapture } from '../../storage/archive/captures.ts'
import { latestAnswer } from '../../storage/postgres/captures.ts'
import { keepCaptures } from '../capture/keep-captures.ts'
import { contentKey } from '../crawl/keys.ts'
import type { Platform } from '../platform.ts'

/** A longer answer is asked for again. */
const MAX_BYTES = 5_000_000

/**
 * An answer of this workspace to the same request that is no older than its `maxAge`. What was asked with credentials is
 * never kept, nor errors of a site; and nothing at all of requests that want it fresh.
 */
export async function recallAnswer(
  platform: Platform,
  workspaceId: string,
  request: ScrapeRequest,
): Promise<Document | undefined> {
  const asked = askedOf(request)
  if (asked === undefined) return undefined
  const since = new Date(platform.now().getTime() - request.maxAge)
  const row = await latestAnswer(await platform.database(), workspaceId, { asked, since })
  const object = row && (await getCapture(platform.archive, row))
  if (!object) return undefined
  const document = Document.parse(await object.json())
  return new Date(document.fetchedAt) >= since ? document : undefined
}

export async function keepAnswer(
  platform: Platform,
  workspaceId: string,
  request: ScrapeRequest,
  document: Document,
): Promise<void> {
  const asked = askedOf(request)
  if (asked === undefined || document.status >= 400) return
  const bytes = new Uint8Array(new TextEncoder().encode(JSON.stringify(document)))
  if (bytes.byteLength > MAX_BYTES) return
  await keepCaptures(platform, { workspaceId, crawlId: null, asked }, [{ contentType: 'application/json', bytes }])
}

/** What shapes the answer, as one key; undefined where it must be fresh. */
function askedOf({ maxAge, timeout: _patience, ...asked }: ScrapeRequest): string | undefined {
  const { headers, cookies, auth } = asked
  const isPrivate = auth !== undefined || cookies.length > 0 || Object.keys(headers).some(isSecretHeader)
  return maxAge === 0 || isPrivate ? undefined : contentKey(JSON.stringify(asked))
}
