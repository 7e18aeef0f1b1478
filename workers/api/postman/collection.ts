import { type Schema, type Schemas, exampleOf } from './example.ts'

/** What is read of an OpenAPI document. */
export interface Described {
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, DescribedOperation>>
  components?: { schemas?: Schemas }
}

interface DescribedOperation {
  summary?: string
  description?: string
  security?: unknown[]
  parameters?: { in: string; name: string; required?: boolean; description?: string; schema?: Schema }[]
  requestBody?: { content: Record<string, { schema?: Schema }> }
  responses?: Record<string, { content?: Record<string, unknown> }>
}

interface Operation extends DescribedOperation {
  method: string
  path: string
}

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'
const METHODS = ['post', 'get', 'put', 'patch', 'delete']
/** What made them goes before what uses them, and what ends them comes last. */
const ORDER = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE']
/** Postman waits for the end of an answer, which a stream need not have. */
const ENDLESS = 'text/event-stream'

/**
 * A Postman collection (format 2.1.0) of all that the document describes. Whatever a POST creates is remembered for the
 * requests with its id; each request is tested to be answered as documented. Variables: baseUrl, apiKey, site.
 */
export function postmanCollection(document: Described, baseUrl: string) {
  const { info, components } = document
  const schemas = components?.schemas ?? {}
  const groups = Map.groupBy(operationsOf(document), ({ path }) => groupOf(path))
  const ids = [...groups.keys()].map((group) => ({ key: idOf(group), value: '' }))
  return {
    info: { name: `${info.title} ${info.version}`, description: info.description ?? '', schema: SCHEMA },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiKey}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: baseUrl },
      { key: 'apiKey', value: '' },
      { key: 'site', value: 'https://example.com' },
      ...ids,
    ],
    item: [...groups].map(([name, operations]) => ({
      name,
      item: operations.toSorted(byLife).map((operation) => itemOf(operation, schemas)),
    })),
  }
}

function operationsOf({ paths }: Described): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const described = methods[method]
      if (!described || described.responses?.['200']?.content?.[ENDLESS]) return []
      return [{ ...described, method: method.toUpperCase(), path }]
    }),
  )
}

function groupOf(path: string): string {
  return /^\/v1\/([^/]+)/.exec(path)?.[1] ?? 'operations'
}

/** The variable with the id of the last thing of a group that was created. */
function idOf(group: string): string {
  return `${group.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`
}

function byLife(a: Operation, b: Operation): number {
  return ORDER.indexOf(a.method) - ORDER.indexOf(b.method) || a.path.length - b.path.length
}

function itemOf(operation: Operation, schemas: Schemas) {
  const { method, path, summary, description, security, requestBody } = operation
  const body = requestBody?.content['application/json']?.schema
  return {
    name: summary ?? `${method} ${path}`,
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: testsOf(operation) } }],
    request: {
      method,
      ...(description !== undefined && { description }),
      ...(security?.length === 0 && { auth: { type: 'noauth' } }),
      header: body ? [{ key: 'Content-Type', value: 'application/json' }] : [],
      url: urlOf(operation, schemas),
      ...(body && { body: { mode: 'raw', raw: bodyText(body, schemas), options: { raw: { language: 'json' } } } }),
    },
    response: [],
  }
}

function urlOf({ path, parameters = [] }: Operation, schemas: Schemas) {
  const steps = path.slice(1).split('/')
  const query = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, required = false, description = '', schema = {} }) => ({
      key: name,
      value: String(exampleOf(schema, schemas)),
      description,
      disabled: !required,
    }))
  const needed = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`)
  const place = steps.map((step) => step.replace(/^\{(\w+)\}$/, ':$1'))
  return {
    raw: `{{baseUrl}}/${place.join('/')}${needed.length > 0 ? `?${needed.join('&')}` : ''}`,
    host: ['{{baseUrl}}'],
    path: place,
    query,
    variable: place
      .filter((step) => step.startsWith(':'))
      .map((step) => ({ key: step.slice(1), value: `{{${idOf(groupOf(path))}}}` })),
  }
}

/** Sites of examples are the collection's variable, so that they can be one's own. */
function bodyText(schema: Schema, schemas: Schemas): string {
  return JSON.stringify(exampleOf(schema, schemas), null, 2).replaceAll('https://example.com/', '{{site}}/')
}

function testsOf({ method, path, responses = {} }: Operation): string[] {
  const statuses = Object.keys(responses).map(Number)
  const creates = method === 'POST' && /^\/v1\/[^/]+$/.test(path)
  return [
    `pm.test('is answered as documented', () => pm.expect(pm.response.code).to.be.oneOf(${JSON.stringify(statuses)}))`,
    "pm.test('a refusal is a problem', () => {",
    "  if (pm.response.code >= 400 && pm.response.headers.get('Content-Type') !== 'text/html; charset=utf-8')",
    "    pm.expect(pm.response.json()).to.include.keys('code', 'detail', 'requestId')",
    '})',
    ...(creates
      ? [
          `if ([201, 202].includes(pm.response.code)) pm.collectionVariables.set('${idOf(groupOf(path))}', pm.response.json().id)`,
        ]
      : []),
  ]
}
