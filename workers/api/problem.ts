import type { Context } from 'hono'
import { Refusal } from '../../src/flows/problem.ts'
import { toldFault } from '../../src/storage/postgres/told-fault.ts'
import { log } from '../log.ts'
import type { ApiTypes } from './context.ts'

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** Problem details, RFC 9457. */
export function problem(c: Context<ApiTypes>, refusal: Refusal): Response {
  const { status, code, errors } = refusal
  const body = {
    type: 'about:blank',
    title: TITLES[status] ?? 'Error',
    status,
    detail: refusal.message,
    code,
    requestId: c.get('requestId'),
    ...(errors && { errors }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...refusal.headers },
  })
}

/** The one place where thrown things become answers. What we did not foresee is logged whole and told as little as possible. */
export function onError(error: Error, c: Context<ApiTypes>): Response {
  if (error instanceof Refusal) return problem(c, error)
  const requestId = c.get('requestId')
  log('error', 'request failed', { requestId, path: c.req.path, ...toldFault(error) })
  if (isDatabaseTrouble(error)) {
    const detail = 'The database can not be reached right now. Nothing was changed; try again shortly.'
    return problem(c, new Refusal(503, 'database_unavailable', detail, { headers: { 'retry-after': '5' } }))
  }
  return problem(
    c,
    new Refusal(500, 'internal_error', `Something went wrong on our side. Quote ${requestId} when you report it.`),
  )
}

/**
 * Connection faults of `pg` (drizzle wraps them), too many connections among them; a statement that Postgres refused is a
 * bug of ours instead.
 */
function isDatabaseTrouble(error: Error): boolean {
  const cause = error.cause instanceof Error ? error.cause : error
  const text = `${cause.message} ${(cause as { code?: string }).code ?? ''}`
  return /ECONN|connection (?:attempt|terminated)|timeout|Network connection lost|57P0|53300|cannot connect|disconnected|socket/i.test(
    text,
  )
}
