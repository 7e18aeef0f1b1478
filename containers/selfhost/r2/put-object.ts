import { createHash, type Hash } from 'node:crypto'
import type { Env, ObjectRow } from './bucket.ts'
import { deleteBlob, newBlob, writeBlob } from './blobs.ts'
import { type PutRequest, answer, described, fault, faults } from './protocol.ts'
import type { ReceivedBody } from './received-body.ts'

/** R2's limits: developers.cloudflare.com/r2/platform/limits. */
const LONGEST_KEY_BYTES = 1_024
const MOST_METADATA_BYTES = 8_192

/** The algorithms a caller may have given a checksum of, with their place in workerd's answer. MD5 is always made. */
const CHECKSUMS = [
  ['sha1', 1],
  ['sha256', 2],
  ['sha384', 3],
  ['sha512', 4],
] as const

interface Digests {
  md5: string
  /** By place in the answer. */
  others: Record<number, string>
}

/** Bytes first, then the row that names them: a kill in between leaves a file that nobody knows, which is swept. */
export async function putObject(env: Env, bucket: string, request: PutRequest, body: ReceivedBody): Promise<Response> {
  const refused = refusal(request)
  if (refused) return fault(refused)
  const now = Date.now()
  const blob = newBlob(now)
  const digests = await store(env, bucket, blob, { request, body })
  if (!digests) return fault(faults.internal)
  const row = rowOf(request, body.size, { blob, uploaded: now, digests })
  const isIntact = matches(request, digests)
  if (isIntact && (await env.BUCKET.getByName(bucket).commit(row, request.onlyIf))) return answer(described(row))
  await deleteBlob(env.BLOBS, bucket, blob)
  return fault(isIntact ? faults.precondition : faults.badDigest)
}

function refusal(request: PutRequest): (typeof faults)['tooLongKey' | 'tooMuchMetadata'] | undefined {
  const bytes = (text: string): number => new TextEncoder().encode(text).byteLength
  if (bytes(request.object) > LONGEST_KEY_BYTES) return faults.tooLongKey
  const custom = (request.customFields ?? []).reduce((sum, { k, v }) => sum + bytes(k) + bytes(v), 0)
  return custom > MOST_METADATA_BYTES ? faults.tooMuchMetadata : undefined
}

async function store(
  env: Env,
  bucket: string,
  blob: string,
  { request, body }: { request: PutRequest; body: ReceivedBody },
): Promise<Digests | undefined> {
  const hashes = openHashes(request)
  const { object } = body
  if (object instanceof Uint8Array) {
    hashes.forEach((hash) => hash.update(object))
    return (await writeBlob(env.BLOBS, bucket, blob, object)) ? digest(hashes) : undefined
  }
  const { readable, writable } = new FixedLengthStream(body.size)
  const [isWritten] = await Promise.all([
    writeBlob(env.BLOBS, bucket, blob, readable),
    pourHashing(object, writable, hashes),
  ])
  return isWritten ? digest(hashes) : undefined
}

async function pourHashing(
  from: ReadableStream<Uint8Array>,
  to: WritableStream,
  hashes: ReadonlyMap<number, Hash>,
): Promise<void> {
  const writer = to.getWriter()
  for await (const chunk of from) {
    hashes.forEach((hash) => hash.update(chunk))
    await writer.write(chunk)
  }
  await writer.close()
}

function openHashes(request: PutRequest): Map<number, Hash> {
  const wanted = CHECKSUMS.filter(([name]) => request[name] !== undefined)
  return new Map([[0, createHash('md5')], ...wanted.map(([name, place]) => [place, createHash(name)] as const)])
}

function digest(hashes: ReadonlyMap<number, Hash>): Digests {
  const made = [...hashes].map(([place, hash]) => [place, hash.digest('hex')] as const)
  const { 0: md5 = '', ...others } = Object.fromEntries(made)
  return { md5, others }
}

/** Content-MD5 travels as base64 (RFC 1864), digests here as hex. */
function hexOf(base64: string): string {
  return Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('')
}

function matches(request: PutRequest, { md5, others }: Digests): boolean {
  if (request.md5 !== undefined && hexOf(request.md5) !== md5) return false
  return CHECKSUMS.every(
    ([name, place]) => request[name] === undefined || request[name]?.toLowerCase() === others[place],
  )
}

function rowOf(
  request: PutRequest,
  size: number,
  made: { blob: string; uploaded: number; digests: Digests },
): ObjectRow {
  const { blob, uploaded, digests } = made
  return {
    key: request.object,
    blob,
    version: crypto.randomUUID().replaceAll('-', ''),
    size,
    etag: digests.md5,
    uploaded,
    http_fields: JSON.stringify(request.httpFields ?? {}),
    custom_fields: JSON.stringify(request.customFields ?? []),
    checksums: JSON.stringify(digests.others),
  }
}
