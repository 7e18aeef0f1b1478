import type { Context, MiddlewareHandler } from 'hono'
import { rateLimitFields } from '../../src/domain/limits/rate-limit-fields.ts'
import type { Caller } from '../../src/flows/identity/authenticate.ts'
import { Refusal } from '../../src/flows/problem.ts'
import { callOrigin } from './client-address.ts'
import type { ApiTypes } from './context.ts'
import { type Limit, charge } from './limiter.ts'
import { weightOf } from './weight.ts'

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 3_600

/** Says on every answer that was counted how the caller's limits stand. */
export const rateLimitHeaders: MiddlewareHandler<ApiTypes> = async (c, next) => {
  await next()
  const standings = c.get('limits')
  if (!standings || standings.length === 0) return
  const { policy, limit } = rateLimitFields(standings)
  c.header('ratelimit-policy', policy)
  c.header('ratelimit', limit)
}

/** Counts a call of somebody known, for the key or person and for the workspace. */
export async function admitCaller(c: Context<ApiTypes>, { by, workspaceId }: Caller): Promise<void> {
  const { perKey, perWorkspace } = c.get('config').limits
  const who = by.kind === 'key' ? `key ${by.keyId}` : `person ${by.userId}`
  await admit(c, weightOf(c.req.method, c.req.path), [
    { name: by.kind, subject: who, policy: { quota: perKey, windowSeconds: MINUTE_SECONDS } },
    {
      name: 'workspace',
      subject: `workspace ${workspaceId}`,
      policy: { quota: perWorkspace, windowSeconds: MINUTE_SECONDS },
    },
  ])
}

/** Counts what an address may do before it is known who calls: calls that are open to all, and look-ups of credentials. */
export async function admitStranger(c: Context<ApiTypes>): Promise<void> {
  const quota = c.get('config').limits.perAddress
  await admit(c, 1, [addressLimit(c, 'address', { quota, windowSeconds: MINUTE_SECONDS })])
}

/** For routes without a credential. */
export const open: MiddlewareHandler<ApiTypes> = async (c, next) => {
  await admitStranger(c)
  await next()
}

/** Each registration costs a password hash and leaves an account. */
export const registering: MiddlewareHandler<ApiTypes> = async (c, next) => {
  const quota = c.get('config').limits.registrations
  await admit(c, 1, [addressLimit(c, 'registration', { quota, windowSeconds: HOUR_SECONDS })])
  await next()
}

function addressLimit(c: Context<ApiTypes>, name: string, policy: Limit['policy']): Limit {
  return { name, subject: `${name} ${callOrigin(c).network}`, policy }
}

/** A quota of 0 limits nothing. */
async function admit(c: Context<ApiTypes>, cost: number, limits: readonly Limit[]): Promise<void> {
  const wanted = limits.filter(({ policy }) => policy.quota > 0)
  const charges = await Promise.all(wanted.map((limit) => charge(c.env.RATE_LIMITER, limit, cost)))
  c.set('limits', [...(c.get('limits') ?? []), ...charges.map(({ standing }) => standing)])
  const longest = charges.toSorted((a, b) => b.waitSeconds - a.waitSeconds)[0]
  if (!longest || longest.waitSeconds === 0) return
  const { name, policy } = longest.standing
  const detail = `The limit of ${policy.quota} per ${policy.windowSeconds} s for this ${name} is used up. Try again in ${longest.waitSeconds} s.`
  throw new Refusal(429, 'rate_limited', detail, { headers: { 'retry-after': String(longest.waitSeconds) } })
}
