import { randomUUID } from 'node:crypto'
import type { Chance } from './chance.ts'
import type { ApiDocument, Operation } from './document.ts'
import { hostile, sample, spoiled } from './sample.ts'

export interface FuzzRequest {
  operation: Operation
  /** False where another method than the operation's is sent. */
  isItsMethod: boolean
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

/** What requests may be made with. */
export interface Means {
  /** Credentials, as Authorization has them. */
  credentials: readonly string[]
  /** Ids that exist, by the path that leads to them. */
  ids: Readonly<Record<string, readonly string[]>>
}

const ODD_IDS = ['0', 'null', '%00', '..%2f..%2fv1', '%F0%9F%92%A9', "'%20OR%201=1", 'x'.repeat(3_000)]
const BROKEN = ['', '{', '[]]', '{"url":', '{"a":1,}', 'null', '"text"', '\u0000', '{"a":"\\ud800"}', '['.repeat(5_000)]
const OVERSIZED = JSON.stringify({ name: 'x'.repeat(1_000_001) })

/** One request at an operation: well formed, nearly so, or broken, as chance has it. */
export function fuzzRequest(document: ApiDocument, operation: Operation, means: Means, chance: Chance): FuzzRequest {
  const isItsMethod = chance.is(0.95)
  const method = isItsMethod ? operation.method : chance.of(['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS'])
  const path = `${pathOf(operation, means, chance)}${searchOf(document, operation, chance)}`
  const takesBody = method !== 'GET' && (operation.body !== undefined || chance.is(0.05))
  return {
    operation,
    isItsMethod: method === operation.method,
    method,
    path,
    headers: headersOf(means, takesBody, chance),
    body: takesBody ? bodyOf(document, operation, chance) : undefined,
  }
}

function pathOf({ path }: Operation, { ids }: Means, chance: Chance): string {
  const prefix = Object.keys(ids).find((known) => path.startsWith(known))
  const known = prefix === undefined ? [] : (ids[prefix] ?? [])
  return path.replaceAll(/\{\w+\}/g, () => {
    if (known.length > 0 && chance.is(0.6)) return chance.of(known)
    return chance.is(0.6) ? randomUUID() : chance.of(ODD_IDS)
  })
}

function searchOf(document: ApiDocument, { query }: Operation, chance: Chance): string {
  const search = new URLSearchParams()
  for (const { name, required, schema } of query) {
    if (!required && chance.is(0.6)) continue
    const value = chance.is(0.7) ? sample(document, schema, chance, name) : hostile(chance)
    search.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  if (chance.is(0.05)) search.append('unknown', '1')
  return search.size > 0 ? `?${search}` : ''
}

function headersOf({ credentials }: Means, hasBody: boolean, chance: Chance): Record<string, string> {
  const type = chance.is(0.95)
    ? 'application/json'
    : chance.of(['text/plain', 'application/xml', 'multipart/form-data', 'x'])
  return {
    ...(chance.is(0.95) && { authorization: chance.of(credentials) }),
    ...(hasBody && chance.is(0.98) && { 'content-type': type }),
    ...(chance.is(0.1) && { 'idempotency-key': chance.of([randomUUID(), 'same', 'x'.repeat(300)]) }),
    ...(chance.is(0.05) && {
      cookie: chance.of(['lapis_session=x', '=', 'lapis_session=;;;', '__Host-lapis_session=1']),
    }),
    ...(chance.is(0.05) && { 'x-request-id': chance.of(['mine', '<script>', 'x'.repeat(200)]) }),
    ...(chance.is(0.03) && { 'last-event-id': chance.of(['-1', '1e9', 'x', '9'.repeat(30)]) }),
  }
}

function bodyOf(document: ApiDocument, { body }: Operation, chance: Chance): string {
  if (chance.is(0.005)) return OVERSIZED
  if (chance.is(0.1)) return chance.of(BROKEN)
  const value = body ? sample(document, body, chance) : {}
  return JSON.stringify(chance.is(0.3) ? value : spoiled(value, chance))
}
