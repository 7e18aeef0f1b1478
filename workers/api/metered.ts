import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { RequestMeterRpc } from '../../src/contracts/request-meter.ts'
import { type RequestSeries, added, emptySeries, keyOf, withRequest } from '../../src/domain/metrics/request-series.ts'
import type { Env } from '../env.ts'
import { log } from '../log.ts'
import type { ApiTypes } from './context.ts'

/** What an isolate may lose when it ends; and one write for so much time, not for each call. */
const HANDED_IN_EVERY_MS = 5_000
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

let counted = new Map<string, RequestSeries>()
let handedInAt = 0

/** Counts every answer, and how long it took. */
export const metered: MiddlewareHandler<ApiTypes> = async (c, next) => {
  const startedAt = Date.now()
  await next()
  const now = Date.now()
  const kind = { method: known(c.req.method), route: routeOf(c), status: c.res.status }
  const series = counted.get(keyOf(kind)) ?? emptySeries(kind)
  counted.set(keyOf(kind), withRequest(series, (now - startedAt) / 1_000))
  if (now - handedInAt < HANDED_IN_EVERY_MS) return
  handedInAt = now
  c.executionCtx.waitUntil(handIn(c.env))
}

/** All that has been counted anywhere, as far as it was handed in; this isolate's part to this moment. */
export async function readRequests(env: Env): Promise<RequestSeries[]> {
  await handIn(env)
  return meter(env).read()
}

async function handIn(env: Env): Promise<void> {
  if (counted.size === 0) return
  const ours = counted
  counted = new Map()
  try {
    await meter(env).add([...ours.values()])
  } catch (error) {
    log('warn', 'the request meter could not be reached', { error: String(error) })
    for (const [key, series] of ours) {
      const since = counted.get(key)
      counted.set(key, since ? added(series, since) : series)
    }
  }
}

function meter(env: Env): RequestMeterRpc {
  return env.REQUEST_METER.getByName('requests') as unknown as RequestMeterRpc
}

function known(method: string): string {
  return METHODS.includes(method) ? method : 'other'
}

/** The handler's pattern; what no handler took is told together. */
function routeOf(c: Context<ApiTypes>): string {
  return matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'none'
}
