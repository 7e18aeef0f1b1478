import { readBlob } from './blobs.ts'
import type { Env, ObjectRow } from './bucket.ts'
import { type ByteRange, rangeOfHeader, resolveRange } from './byte-range.ts'
import { holds } from './conditional.ts'
import { type R2Request, answer, answerWithBody, described, fault, faults } from './protocol.ts'

type GetRequest = Extract<R2Request, { method: 'get' }>

/** An object overwritten between the reading of its row and of its bytes is looked up again. */
const ATTEMPTS = 3

export async function headObject(env: Env, bucket: string, key: string): Promise<Response> {
  const row = await env.BUCKET.getByName(bucket).find(key)
  return row ? answer(described(row)) : fault(faults.noSuchKey)
}

export async function getObject(env: Env, bucket: string, request: GetRequest): Promise<Response> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = await env.BUCKET.getByName(bucket).find(request.object)
    if (!row) return fault(faults.noSuchKey)
    if (request.onlyIf && !holds(request.onlyIf, row)) return fault(faults.precondition, row)
    const range = rangeOf(request, row.size)
    if (range === 'unsatisfiable') return fault(faults.badRange)
    const found = await withBytes(env, bucket, row, range)
    if (found) return found
  }
  return fault(faults.internal)
}

async function withBytes(
  env: Env,
  bucket: string,
  row: ObjectRow,
  range: ByteRange | undefined,
): Promise<Response | undefined> {
  const metadata = { ...described(row), ...(range && { range }) }
  if (row.size === 0) return answerWithBody(metadata, new Uint8Array(), 0)
  const body = await readBlob(env.BLOBS, bucket, row.blob, range)
  return body && answerWithBody(metadata, body, range?.length ?? row.size)
}

function rangeOf(request: GetRequest, size: number): ByteRange | 'unsatisfiable' | undefined {
  const asked = request.rangeHeader === undefined ? request.range : rangeOfHeader(request.rangeHeader)
  return asked && (resolveRange(asked, size) ?? 'unsatisfiable')
}
