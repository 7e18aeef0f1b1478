import type { Given, Route } from './route.ts'

export interface PreparedRequest {
  method: string
  /** From the root, with its query. */
  path: string
  headers: Record<string, string>
  body?: string
}

/** The request that an operation is asked with, without who asks. */
export function requestFor<Name extends Route>(route: Name, given: Given<Name>): PreparedRequest {
  const [method = '', template = ''] = route.split(' ')
  const { params = {}, query = {}, body, idempotencyKey } = given as Loose
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return {
    method,
    path: search.size > 0 ? `${path}?${search}` : path,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

/** What is given, whatever the route. */
interface Loose {
  params?: Record<string, string>
  query?: Record<string, string | number | boolean | undefined>
  body?: unknown
  idempotencyKey?: string
}
