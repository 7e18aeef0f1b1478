import type { Context } from 'hono'
import type { z } from 'zod'
import type { Problem } from '../../src/contracts/api/common.ts'
import type { Env } from '../env.ts'
import { keyCookie } from './key-cookie.ts'

export interface DashboardTypes {
  Bindings: Env
  /** Set by the API's middleware, which every request passes. */
  Variables: { requestId: string }
}

/** What answers calls of the API. */
export type ApiHandler = (request: Request, env: Env, context: Context['executionCtx']) => Response | Promise<Response>

/** The API as whoever looks at the page may use it. What it refuses is thrown as `Refused`. */
export interface Api {
  get<Answer>(path: string): Promise<Answer>
  send<Answer>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>
  /** An answer as it comes, with its headers. */
  open(path: string, call?: Call): Promise<Response>
}

interface Call {
  method?: 'POST' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: unknown
}

export class Refused extends Error {
  override name = 'Refused'
  readonly problem: z.output<typeof Problem>

  constructor(problem: z.output<typeof Problem>) {
    super(problem.detail)
    this.problem = problem
  }
}

/** What the API refuses is shown where it was asked for, and not on a page of its own. */
export async function orShown(
  act: () => Promise<Response>,
  show: (problem: Refused['problem']) => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Refused) return show(error.problem)
    throw error
  }
}

/** Of the browser's request, what says who calls, and from where. */
const PASSED_ON = ['cookie', 'user-agent', 'cf-connecting-ip', 'x-forwarded-for']

/** `csrf`: what the page's form has sent along. */
export function apiOf(c: Context<DashboardTypes>, handler: ApiHandler, csrf: string | undefined): Api {
  const open = async (path: string, { method, headers: more, body }: Call = {}): Promise<Response> => {
    const headers = new Headers({ ...credentials(c, csrf), ...more })
    if (body !== undefined) headers.set('content-type', 'application/json')
    const init = {
      method: method ?? 'GET',
      headers,
      // Where the call comes from, as the platform saw it.
      ...(c.req.raw.cf && { cf: c.req.raw.cf }),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
    const response = await handler(new Request(new URL(path, c.req.url), init), c.env, c.executionCtx)
    if (response.ok) return response
    throw new Refused(await response.json())
  }
  return {
    open,
    get: async (path) => (await open(path)).json(),
    send: async <Answer>(method: Call['method'], path: string, body?: unknown) => {
      const response = await open(path, { ...(method && { method }), body })
      return (response.status === 204 ? undefined : await response.json()) as Answer
    },
  }
}

function credentials(c: Context<DashboardTypes>, csrf: string | undefined): Record<string, string> {
  const key = keyCookie(c)
  const passed = PASSED_ON.flatMap((name) => {
    const value = c.req.header(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(passed),
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(csrf !== undefined && { 'x-csrf-token': csrf }),
  }
}
