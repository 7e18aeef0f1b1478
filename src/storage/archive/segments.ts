/** Every object of a crawl lies below its own prefix, so that deleting the crawl finds them all. */
export function segmentKey(crawlId: string, leaseId: string, part: number): string {
  return `crawls/${crawlId}/${leaseId}-${part}.warc.gz`
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
