import type { StatedPrice } from '../../page/metadata/stated-price.ts'
import type { Block, Reason } from '../block.ts'
import type { FieldKind } from '../rules.ts'

/** What came back for a monitor's URL, its redirects followed. */
export interface Fetched {
  url: string
  status: number
  headers: readonly (readonly [string, string])[]
  body: Uint8Array
}

/** A single value that is watched by itself. */
export interface FieldValue {
  as: FieldKind
  /** As it stands on the page; null where the page has none. */
  raw: string | null
  /** Number, ISO date or trimmed text; null where `raw` can't be read as such. */
  value: number | string | null
}

export interface PriceReading extends Omit<StatedPrice, 'from'> {
  from: StatedPrice['from'] | 'selector' | 'json-path' | 'text' | 'nowhere'
}

/** A value that was put out of the comparison, and where. */
export interface Masked {
  key: string
  kind: 'relative-time' | 'counter' | 'token' | 'stamp' | 'url-parameter' | 'ignored' | 'learned'
  value: string
}

export type FailureKind = 'soft_404' | 'challenge' | 'empty' | 'error'

/** Only `ok` may touch what a monitor remembers of the page. */
export type Reading =
  | {
      fetch: 'ok'
      blocks: readonly Block[]
      fields: Readonly<Record<string, FieldValue>>
      price: PriceReading | null
      masked: readonly Masked[]
      reasons: readonly Reason[]
    }
  | { fetch: 'not_modified'; reasons: readonly Reason[] }
  | { fetch: FailureKind; code: string; detail: string; reasons: readonly Reason[] }

export type FailedReading = Extract<Reading, { code: string }>

/** A reading of what could not be read. `code` is the stable name of the fault. */
export function failed(kind: FailureKind, code: string, detail: string): FailedReading {
  return { fetch: kind, code, detail, reasons: [{ code, detail }] }
}

/** The reading of a 304, or of a body that is byte by byte the last one. */
export const NOT_MODIFIED: Reading = {
  fetch: 'not_modified',
  reasons: [{ code: 'not_modified', detail: 'The site says that nothing has changed.' }],
}
