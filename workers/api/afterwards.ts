import type { Context } from 'hono'
import { toldFault } from '../../src/storage/postgres/told-fault.ts'
import { log } from '../log.ts'
import type { ApiTypes } from './context.ts'

/** Lets work go on after the answer. Nobody waits for it, so its failure goes to the log. */
export function afterwards(c: Context<ApiTypes>, what: string, work: Promise<void>): void {
  const requestId = c.get('requestId')
  const watched = work.catch((error: unknown) => log('error', `${what} failed`, { requestId, ...toldFault(error) }))
  c.executionCtx.waitUntil(watched)
}
