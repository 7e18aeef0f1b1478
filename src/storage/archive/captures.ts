interface Place {
  id: string
  workspaceId: string
  crawlId: string | null
}

/** Below the crawl's own prefix, so that deleting the crawl finds it; those of scrapes below their workspace's. */
function captureObject({ id, workspaceId, crawlId }: Place): string {
  return crawlId === null ? `captures/${workspaceId}/${id}` : `crawls/${crawlId}/captures/${id}`
}

export async function putCapture(
  archive: R2Bucket,
  place: Place,
  capture: { contentType: string; bytes: Uint8Array },
): Promise<void> {
  const { contentType, bytes } = capture
  await archive.put(captureObject(place), bytes, { httpMetadata: { contentType } })
}

/** Null where the object is gone. */
export function getCapture(archive: R2Bucket, place: Place): Promise<R2ObjectBody | null> {
  return archive.get(captureObject(place))
}

/** At most 1,000 at a time: https://developers.cloudflare.com/r2/api/workers/workers-api-reference/ */
export async function deleteCaptures(archive: R2Bucket, places: readonly Place[]): Promise<void> {
  if (places.length > 0) await archive.delete(places.map(captureObject))
}

/** Those of a workspace's scrapes, to the last page of the listing. */
export async function deleteCapturesOf(archive: R2Bucket, workspaceId: string): Promise<void> {
  for (;;) {
    const listed = await archive.list({ prefix: `captures/${workspaceId}/`, limit: 1_000 })
    if (listed.objects.length === 0) return
    await archive.delete(listed.objects.map((object) => object.key))
  }
}
