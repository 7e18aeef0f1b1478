/** Where the bodies of a monitor's snapshots lie: below its own prefix, so that deleting the monitor finds them all. */
export function bodyObject(monitorId: string, snapshotId: string): string {
  return `monitors/${monitorId}/${snapshotId}.gz`
}

/** Writing it again, after a crash, changes nothing. */
export async function putBody(archive: R2Bucket, object: string, body: Uint8Array): Promise<void> {
  const packed = new Response(body).body?.pipeThrough(new CompressionStream('gzip'))
  await archive.put(object, await new Response(packed ?? null).arrayBuffer(), {
    httpMetadata: { contentType: 'application/gzip' },
  })
}

/** undefined where the object is gone. */
export async function getBody(archive: R2Bucket, object: string): Promise<Uint8Array | undefined> {
  const found = await archive.get(object)
  if (!found) return undefined
  return new Uint8Array(await new Response(found.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer())
}

export async function deleteBodies(archive: R2Bucket, objects: readonly string[]): Promise<void> {
  if (objects.length > 0) await archive.delete([...objects])
}

/** All of a monitor, to the last page of the listing. */
export async function deleteAllBodies(archive: R2Bucket, monitorId: string): Promise<void> {
  for (;;) {
    const listed = await archive.list({ prefix: `monitors/${monitorId}/`, limit: 1_000 })
    if (listed.objects.length === 0) return
    await archive.delete(listed.objects.map((object) => object.key))
  }
}
