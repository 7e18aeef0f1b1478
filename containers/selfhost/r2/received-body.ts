/** What follows the metadata in a PUT, with the metadata taken off. */
export interface ReceivedBody {
  metadata: Uint8Array
  /** The object's bytes: at once when they are few, as they arrive when they are many. */
  object: Uint8Array | ReadableStream<Uint8Array>
  size: number
}

/** Up to here an object is taken into memory: one read, one hash, one write. Beyond, it is streamed through. */
const WHOLE_UP_TO_BYTES = 16 * 1024 * 1024

/** Undefined when the request doesn't say how long it is, or ends early. */
export async function receiveBody(request: Request, metadataBytes: number): Promise<ReceivedBody | undefined> {
  const total = request.headers.get('content-length')
  if (!request.body || total === null) return undefined
  const size = Number(total) - metadataBytes
  if (size <= WHOLE_UP_TO_BYTES) {
    const whole = new Uint8Array(await request.arrayBuffer())
    if (whole.byteLength !== Number(total)) return undefined
    return { metadata: whole.subarray(0, metadataBytes), object: whole.subarray(metadataBytes), size }
  }
  const metadata = await takeFront(request.body as ReadableStream<Uint8Array>, metadataBytes)
  return metadata && { metadata, object: request.body, size }
}

async function takeFront(body: ReadableStream<Uint8Array>, count: number): Promise<Uint8Array | undefined> {
  const reader = body.getReader({ mode: 'byob' })
  const { value } = await reader.readAtLeast(count, new Uint8Array(count))
  reader.releaseLock()
  return value?.byteLength === count ? value : undefined
}
