import { botWall } from '../domain/fetch/bot-wall.ts'
import { unreadableCoding } from '../domain/fetch/content-coding.ts'
import {
  declaresDocument,
  declaresNothing,
  documentKind,
  isEncryptedOffice,
  startsAsDocument,
} from '../domain/fetch/document-kind.ts'
import type { FetchFault } from '../domain/fetch/fault.ts'
import { mediaSignature } from '../domain/fetch/media-signature.ts'
import { isImage, isReadable } from '../domain/fetch/media-type.ts'
import { sniffMediaType } from '../domain/fetch/sniff.ts'
import { imageFacts } from '../domain/page/documents/image/image-facts.ts'

/** Why there is nothing to read; `status` where an answer had begun. */
export interface HopFault {
  kind: 'fault'
  fault: FetchFault
  detail: string
  status?: number
}

/** Why the body of an answer is not worth reading, by its headers. */
export function unreadable({ status, headers }: Response, takesImages: boolean): HopFault | undefined {
  const wall = botWall(headers)
  if (wall !== undefined) {
    const detail = `${wall} stands before the site and asks for proof of a person (HTTP ${status}); ask the site's owner to let this crawler in.`
    return { kind: 'fault', fault: 'blocked_by_site', detail, status }
  }
  const contentType = headers.get('content-type') ?? undefined
  const isTaken = isReadable(contentType) || declaresDocument(contentType) || declaresNothing(contentType)
  if (!isTaken && !(takesImages && isImage(contentType)))
    return notRead(`${contentType} can't be read as text.`, status)
  const coding = unreadableCoding(headers.get('content-encoding'))
  if (coding === undefined) return undefined
  const detail = `The site sends its body as ${coding}, although only gzip or br was asked for.`
  return { kind: 'fault', fault: 'invalid_response', detail, status }
}

/** A body that began and did not end well. workerd names a failed decoder in a TypeError, a lost connection in an Error. */
export function brokenBody({ status, headers }: Response, error: unknown): HopFault {
  if (error instanceof TypeError && /decompression failed/i.test(error.message)) {
    const detail = `The body is not the ${headers.get('content-encoding')} that its headers declare.`
    return { kind: 'fault', fault: 'invalid_response', detail, status }
  }
  const detail = `HTTP ${status} began, but its body broke off: the connection was closed before the declared end.`
  return { kind: 'fault', fault: 'connection_failed', detail, status }
}

/** A body under a vague type that begins as no document does: its first bytes are all that is worth reading of it. */
export function beginsUnreadable({ status, headers }: Response, start: Uint8Array): HopFault | undefined {
  const contentType = headers.get('content-type')
  if (!declaresNothing(contentType) || startsAsDocument(start)) return undefined
  return notRead(`${contentType} can't be read as text, and the bytes are those of no document.`, status)
}

/** A body that is plainly something else than its declared type. */
export function disguised({ status, headers }: Response, body: Uint8Array): HopFault | undefined {
  const contentType = headers.get('content-type')
  if (documentKind(body) !== undefined || (isImage(contentType) && imageFacts(body))) return undefined
  if (isEncryptedOffice(body)) return notRead('The document is protected by a password.', status)
  if (isImage(contentType))
    return notRead(`Declared as ${contentType}, but the bytes are those of no image that can be read.`, status)
  const isBinary = sniffMediaType(body) === 'application/octet-stream'
  if (declaresNothing(contentType) || (declaresDocument(contentType) && isBinary))
    return notRead(`Declared as ${contentType}, but the bytes are those of no document that can be read.`, status)
  const signature = mediaSignature(body)
  if (signature === undefined) return undefined
  return notRead(`Declared as ${contentType ?? 'nothing'}, but the bytes are ${signature}.`, status)
}

function notRead(detail: string, status: number): HopFault {
  return { kind: 'fault', fault: 'unsupported_content_type', detail, status }
}
