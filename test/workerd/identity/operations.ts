import { exports } from 'cloudflare:workers'

/** One call that the OpenAPI document offers. */
export interface Operation {
  method: string
  path: string
  /** Whether it takes callers without a key or token. */
  isOpen: boolean
  hasBody: boolean
  /** The query parameters that it can't do without, as "?name=value". */
  search: string
}

interface Parameter {
  in: string
  name: string
  required?: boolean
  schema?: { enum?: string[] }
}

interface Described {
  security?: unknown[]
  requestBody?: unknown
  parameters?: Parameter[]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Everything that the API says it has: a new route comes under the tests that walk these by being documented. */
export async function operations(): Promise<Operation[]> {
  const response = await exports.default.fetch('http://lapis.test/openapi.json')
  const { paths } = await response.json<{ paths: Record<string, Record<string, Described>> }>()
  return Object.entries(paths).flatMap(([path, described]) =>
    Object.entries(described)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, { security, requestBody, parameters = [] }]) => ({
        method: method.toUpperCase(),
        path,
        isOpen: security?.length === 0,
        hasBody: requestBody !== undefined,
        search: searchOf(parameters),
      })),
  )
}

function searchOf(parameters: readonly Parameter[]): string {
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const search = new URLSearchParams(needed.map(({ name, schema }) => [name, schema?.enum?.[0] ?? '1']))
  return search.size > 0 ? `?${search}` : ''
}

export function perform({ method, hasBody, search }: Operation, path: string, token?: string): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}${search}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(hasBody && { body: '{}' }),
  })
}
