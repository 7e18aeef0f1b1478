import { WorkerEntrypoint } from 'cloudflare:workers'
import type { Env } from './bucket.ts'
import { getObject, headObject } from './get-object.ts'
import { listObjects } from './list-objects.ts'
import { type R2Request, answer, fault, faults, metadataSize, readGet } from './protocol.ts'
import { putObject } from './put-object.ts'
import { type ReceivedBody, receiveBody } from './received-body.ts'

export { Bucket } from './bucket.ts'

/** What a binding to us says of itself in the config. */
interface Props {
  bucket: string
}

/** The service behind an `r2Bucket` binding: R2's protocol, over a disk. */
export default class R2OverDisk extends WorkerEntrypoint<Env, Props> {
  override async fetch(request: Request): Promise<Response> {
    const { bucket } = this.ctx.props
    if (request.method === 'GET') return read(this.env, bucket, readGet(request))
    const body = await receiveBody(request, metadataSize(request))
    if (!body) return fault(faults.internal)
    return write(this.env, bucket, JSON.parse(new TextDecoder().decode(body.metadata)) as R2Request, body)
  }
}

async function read(env: Env, bucket: string, request: R2Request): Promise<Response> {
  switch (request.method) {
    case 'head':
      return headObject(env, bucket, request.object)
    case 'get':
      return getObject(env, bucket, request)
    case 'list':
      return listObjects(env, bucket, request)
    default:
      return fault(faults.notSupported)
  }
}

async function write(env: Env, bucket: string, request: R2Request, body: ReceivedBody): Promise<Response> {
  switch (request.method) {
    case 'put':
      return putObject(env, bucket, request, body)
    case 'delete':
      await env.BUCKET.getByName(bucket).delete(
        request.objects ?? (request.object === undefined ? [] : [request.object]),
      )
      return answer({})
    default:
      return fault(faults.notSupported)
  }
}
