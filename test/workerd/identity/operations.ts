import { exports } from 'cloudflare:workers'

/** One call that the OpenAPI document offers. */
export interface Operation {
  method: string
  path: string
  /** Whether it takes callers without a key or token. */
  isOpen: boolean
  /** Undefined where it takes none. */
  body: Record<string, string> | undefined
  /** The query parameters that it can't do without, as "?name=value". */
  search: string
}

interface Parameter {
  in: string
  name: string
  required?: boolean
  schema?: { enum?: string[] }
}

interface RequestBody {
  content: Record<string, { schema: { required?: string[]; properties?: Record<string, { enum?: string[] }> } }>
}

interface Described {
  security?: unknown[]
  requestBody?: RequestBody
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
        body: requestBody && bodyOf(requestBody),
        search: searchOf(parameters),
      })),
  )
}

function searchOf(parameters: readonly Parameter[]): string {
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const search = new URLSearchParams(needed.map(({ name, schema }) => [name, schema?.enum?.[0] ?? '1']))
  return search.size > 0 ? `?${search}` : ''
}

/** What it can't do without, as far as that is a choice of words. */
function bodyOf({ content }: RequestBody): Record<string, string> {
  const { required = [], properties = {} } = content['application/json']?.schema ?? {}
  const words = required.map((property) => [property, properties[property]?.enum?.[0]] as const)
  return Object.fromEntries(words.filter((pair): pair is readonly [string, string] => pair[1] !== undefined))
}

export function perform({ method, body, search }: Operation, path: string, token?: string): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}${search}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
}
