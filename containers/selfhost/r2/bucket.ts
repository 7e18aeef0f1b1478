import { DurableObject } from 'cloudflare:workers'
import { deleteBlob, sweepBlobs } from './blobs.ts'
import { type Conditional, holds } from './conditional.ts'
import { type ListedPage, type ListOrder, listPage } from './listing.ts'

/** What the R2 Worker has: metadata here, bytes on disk. */
export interface Env {
  BUCKET: DurableObjectNamespace<Bucket>
  BLOBS: Fetcher
}

export type ObjectRow = {
  key: string
  blob: string
  version: string
  size: number
  /** MD5 in hexadecimal, as R2's. */
  etag: string
  uploaded: number
  http_fields: string
  custom_fields: string
  checksums: string
}

/** Files that no object names are looked for daily, and soon after the first start. */
const FIRST_SWEEP_MS = 60_000
const SWEEP_EVERY_MS = 24 * 3_600_000

/** The metadata of one bucket. Bytes are on disk before a row names them, and are deleted after no row does. */
export class Bucket extends DurableObject<Env> {
  readonly #sql: SqlStorage

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    this.#sql = state.storage.sql
    this.#sql.exec(`CREATE TABLE IF NOT EXISTS objects (
      key TEXT PRIMARY KEY, blob TEXT NOT NULL, version TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
      uploaded INTEGER NOT NULL, http_fields TEXT NOT NULL, custom_fields TEXT NOT NULL, checksums TEXT NOT NULL
    ) WITHOUT ROWID`)
    void state.blockConcurrencyWhile(async () => {
      if ((await state.storage.getAlarm()) === null) await state.storage.setAlarm(Date.now() + FIRST_SWEEP_MS)
    })
  }

  find(key: string): ObjectRow | undefined {
    return this.#sql.exec<ObjectRow>('SELECT * FROM objects WHERE key = ?', key).toArray()[0]
  }

  /** Makes the row the object, if the condition holds; says whether it did. */
  commit(row: ObjectRow, onlyIf: Conditional | undefined): boolean {
    const before = this.find(row.key)
    if (onlyIf && !holds(onlyIf, before)) return false
    const values = [
      row.key,
      row.blob,
      row.version,
      row.size,
      row.etag,
      row.uploaded,
      row.http_fields,
      row.custom_fields,
      row.checksums,
    ]
    this.#sql.exec('INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ...values)
    if (before) this.#discard([before.blob])
    return true
  }

  delete(keys: string[]): void {
    const gone = keys.flatMap((key) =>
      this.#sql.exec<{ blob: string }>('DELETE FROM objects WHERE key = ? RETURNING blob', key).toArray(),
    )
    this.#discard(gone.map(({ blob }) => blob))
  }

  list(order: ListOrder): ListedPage {
    return listPage(this.#sql, order)
  }

  override async alarm(): Promise<void> {
    try {
      const isNamed = (blob: string): boolean =>
        this.#sql.exec('SELECT 1 FROM objects WHERE blob = ?', blob).toArray().length > 0
      await sweepBlobs(this.env.BLOBS, this.#bucket(), isNamed, Date.now())
    } finally {
      await this.ctx.storage.setAlarm(Date.now() + SWEEP_EVERY_MS)
    }
  }

  /** After the rows are durably gone; what a kill in between leaves, the sweep finds. */
  #discard(blobs: string[]): void {
    if (blobs.length === 0) return
    const bucket = this.#bucket()
    this.ctx.waitUntil(
      this.ctx.storage.sync().then(() => Promise.all(blobs.map((blob) => deleteBlob(this.env.BLOBS, bucket, blob)))),
    )
  }

  #bucket(): string {
    return this.ctx.id.name ?? 'unnamed'
  }
}
