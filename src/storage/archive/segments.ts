import { randomUUID } from 'node:crypto'

/**
 * A new name for a segment, below its crawl's prefix, so that deleting the crawl finds it. Never the same twice: a visit that
 * is repeated after a crash must not write over a segment whose offsets are recorded already.
 */
export function segmentKey(crawlId: string): string {
  return `crawls/${crawlId}/${randomUUID()}.warc.gz`
}

export async function putSegment(archive: R2Bucket, key: string, bytes: Uint8Array): Promise<void> {
  await archive.put(key, bytes, { httpMetadata: { contentType: 'application/warc' } })
}

/** Deletes the segments of a crawl, to the last page of the listing. */
export async function deleteSegments(archive: R2Bucket, crawlId: string): Promise<void> {
  for (;;) {
    const listed = await archive.list({ prefix: `crawls/${crawlId}/`, limit: 1_000 })
    if (listed.objects.length === 0) return
    await archive.delete(listed.objects.map((object) => object.key))
  }
}
