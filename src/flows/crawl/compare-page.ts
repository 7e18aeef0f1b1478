import type { Change } from '../../domain/crawl/change.ts'
import type { CrawlBrief } from '../../domain/crawl/crawl-brief.ts'
import { conditionalHeaders, freshened } from '../../domain/fetch/conditional.ts'
import type { HopOutcome } from '../../net/download.ts'
import { readFormerResponse } from '../../storage/archive/segment-reader.ts'
import type { Revisit } from '../../storage/archive/segment-writer.ts'
import type { FormerPage } from './former-pages.ts'
import { contentHash } from './keys.ts'

type Answer = Extract<HopOutcome, { kind: 'response' }>

const NOT_MODIFIED = 304

/** A page's answer as the crawl records it: the site's, or the former one that it stands for. */
export interface ComparedAnswer {
  status: number
  contentType: string | undefined
  headers: [string, string][]
  body: Uint8Array
  change?: Change
  revisit?: Revisit
}

/** Asks whether a page is still the one we have; only of pages that we could tell from a bare yes. */
export function askedOf(former: FormerPage | undefined): Record<string, string> {
  return former?.member ? conditionalHeaders(former.row) : {}
}

/** What a page is to the former crawl. Where nothing has changed, the former bytes stand for the answer's. */
export function comparedWithFormer(brief: CrawlBrief, former: FormerPage | undefined, answer: Answer): ComparedAnswer {
  const { status, contentType, headers, body } = answer
  if (brief.since === undefined) return { status, contentType, headers, body }
  if (!former) return { status, contentType, headers, body, change: 'new' }
  if (status === NOT_MODIFIED && former.member) return notModified(former, former.member, answer)
  if (contentHash(body) !== former.row.document.contentHash)
    return { status, contentType, headers, body, change: 'changed' }
  return { status, contentType, headers, body, change: 'unchanged', ...identicalPayload(former, answer) }
}

function notModified({ row }: FormerPage, member: Uint8Array, { status, headers }: Answer): ComparedAnswer {
  const kept = readFormerResponse(member)
  return {
    status: row.status,
    contentType: row.document.contentType ?? undefined,
    headers: freshened(kept.headers, headers),
    body: kept.body,
    change: 'unchanged',
    revisit: { profile: 'notModified', status, headers, former: kept.former },
  }
}

function identicalPayload({ member }: FormerPage, { status, headers }: Answer): { revisit?: Revisit } {
  if (!member) return {}
  return { revisit: { profile: 'identicalPayload', status, headers, former: readFormerResponse(member).former } }
}
