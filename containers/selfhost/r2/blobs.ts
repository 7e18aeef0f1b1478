/** A blob's name begins with the time it was made: the disk service tells no other. */
export function newBlob(now: number): string {
  return `${now.toString(36)}-${crypto.randomUUID().replaceAll('-', '')}`
}

/** An upload may take this long; a younger blob without a row may still get one. */
const ORPHAN_AFTER_MS = 3_600_000

export async function writeBlob(disk: Fetcher, bucket: string, blob: string, body: BodyInit): Promise<boolean> {
  const answer = await disk.fetch(place(bucket, blob), { method: 'PUT', body })
  return answer.ok
}

/** Undefined when it is not there: deleted since its row was read. */
export async function readBlob(
  disk: Fetcher,
  bucket: string,
  blob: string,
  range: { offset: number; length: number } | undefined,
): Promise<ReadableStream<Uint8Array> | undefined> {
  const headers: HeadersInit = range ? { range: `bytes=${range.offset}-${range.offset + range.length - 1}` } : {}
  const answer = await disk.fetch(place(bucket, blob), { headers })
  if (answer.ok && answer.body) return answer.body
  await answer.body?.cancel()
  return undefined
}

export async function deleteBlob(disk: Fetcher, bucket: string, blob: string): Promise<void> {
  const answer = await disk.fetch(place(bucket, blob), { method: 'DELETE' })
  await answer.body?.cancel()
}

/** Deletes the files of a bucket that no row names any more, or never did: what a kill in the middle leaves. */
export async function sweepBlobs(
  disk: Fetcher,
  bucket: string,
  isNamed: (blob: string) => boolean,
  now: number,
): Promise<void> {
  for (const directory of await entries(disk, `http://disk/${bucket}`)) {
    for (const blob of await entries(disk, `http://disk/${bucket}/${directory}`)) {
      const madeAt = Number.parseInt(blob.split('-')[0] ?? '', 36)
      if (now - madeAt > ORPHAN_AFTER_MS && !isNamed(blob)) await deleteBlob(disk, bucket, blob)
    }
  }
}

async function entries(disk: Fetcher, directory: string): Promise<string[]> {
  const answer = await disk.fetch(directory)
  if (!answer.ok) return []
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name)
}

/** Spread over 256 directories. Names of buckets are safe in a path: 3 to 63 of [a-z0-9-]. */
function place(bucket: string, blob: string): string {
  return `http://disk/${bucket}/${blob.slice(-2)}/${blob}`
}
