import type { FetchFault } from '../fetch/fault.ts'

/** What became of one leased URL. */
export type Outcome =
  | { kind: 'recorded'; status: number; bytes: number; latencyMs: number }
  | { kind: 'duplicate'; reason: 'same_content' | 'near_duplicate' | 'redirect'; status?: number; latencyMs: number }
  | { kind: 'skipped'; reason: string; status?: number }
  | { kind: 'failed'; fault: FetchFault; detail?: string; status?: number }
  /** 429 or 503: costs the host time, not the page an attempt. */
  | { kind: 'slow-down'; status: number; retryAfterMs?: number }
  /** A sitemap was read (or was not there): nothing to record. */
  | { kind: 'read' }
  /** Not started; the URL goes back as it was. */
  | { kind: 'released' }
