import type { LimitStanding } from '../../src/domain/limits/rate-limit-fields.ts'
import type { Caller } from '../../src/flows/identity/authenticate.ts'
import type { Platform } from '../../src/flows/platform.ts'
import type { Config } from '../config.ts'
import type { Env } from '../env.ts'

/** What every handler finds in its context: `c.get('platform')`, … */
export interface ApiTypes {
  Bindings: Env
  Variables: {
    config: Config
    platform: Platform
    requestId: string
    caller: Caller
    /** The limits that this call was counted for. */
    limits: readonly LimitStanding[] | undefined
    /** The request body, once somebody has asked for it. */
    bodyText: string | undefined
  }
}
