import type { MiddlewareHandler } from 'hono'
import { callBegun } from '../../src/flows/crawl/way-for-calls.ts'
import { Refusal } from '../../src/flows/problem.ts'
import type { ApiTypes } from './context.ts'
import { weightOf } from './weight.ts'

/**
 * What an isolate takes on at once, in weights: 2,000 reads or 200 scrapes. Beyond it memory (128 MB at the edge) and the
 * database's connections run out, and everybody waits for longer than they would for a second try.
 */
const MAX_UNDER_WAY = 2_000
/** A call whose client has gone may never come to its end here; no call takes so long. */
const FORGOTTEN_AFTER_MS = 120_000

interface UnderWay {
  weight: number
  since: number
}

const underWay = new Set<UnderWay>()
let load = 0

/** 503 to what comes while too much is under way: said at once, and cheap to say. */
export const refuseOverload: MiddlewareHandler<ApiTypes> = async (c, next) => {
  const now = Date.now()
  const call = { weight: weightOf(c.req.method, c.req.path), since: now }
  if (load + call.weight > MAX_UNDER_WAY) dropForgotten(now)
  if (load + call.weight > MAX_UNDER_WAY)
    throw new Refusal(503, 'overloaded', 'Too much is under way right now. Nothing was changed; try again shortly.', {
      headers: { 'retry-after': '1' },
    })
  underWay.add(call)
  load += call.weight
  const answered = callBegun()
  try {
    await next()
  } finally {
    answered()
    end(call)
  }
}

function dropForgotten(now: number): void {
  for (const call of underWay) if (now - call.since > FORGOTTEN_AFTER_MS) end(call)
}

function end(call: UnderWay): void {
  if (underWay.delete(call)) load -= call.weight
}
