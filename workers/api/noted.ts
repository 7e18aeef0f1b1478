import type { Context } from 'hono'
import { deedOf, note } from '../../src/flows/identity/audit.ts'
import type { ApiTypes } from './context.ts'

/** Puts into the audit log what became of a crawl. It lives in more than Postgres, so this comes after, not in one transaction. */
export async function noted(
  c: Context<ApiTypes>,
  action: 'crawl.created' | 'crawl.cancelled' | 'crawl.paused' | 'crawl.resumed' | 'crawl.deleted',
  id: string,
): Promise<void> {
  await note(c.get('platform'), deedOf(c.get('caller'), action, { kind: 'crawl', id }))
}
