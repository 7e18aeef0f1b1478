import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  default?: unknown
}

export interface Operation {
  method: string
  path: string
  isOpen: boolean
  query: { name: string; required: boolean; schema: Schema }[]
  body: Schema | undefined
  /** Content types by status. */
  answers: Record<string, string[]>
}

interface Described {
  security?: unknown[]
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, unknown> }>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** What the platform says that it does, and whether what it does is that. */
export class ApiDocument {
  readonly operations: Operation[]
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true })
  readonly #validators = new Map<string, ValidateFunction>()
  readonly #components: Record<string, Schema>

  constructor(document: {
    paths: Record<string, Record<string, Described>>
    components: { schemas: Record<string, Schema> }
  }) {
    addFormats(this.#ajv)
    this.#ajv.addSchema(document, 'openapi')
    this.#components = document.components.schemas
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method]) => METHODS.includes(method))
        .map(([method, described]) => operationOf(path, method, described)),
    )
  }

  static async of(url: string): Promise<ApiDocument> {
    const response = await fetch(`${url}/openapi.json`)
    return new ApiDocument((await response.json()) as ConstructorParameters<typeof ApiDocument>[0])
  }

  resolve(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/components/schemas/', '')
    return name === undefined ? schema : this.resolve(this.#components[name] ?? {})
  }

  /** Why an answer is not what the document says of the operation; undefined when it is. */
  fault({ method, path, answers }: Operation, response: Response, text: string): string | undefined {
    const status = String(response.status)
    const types = answers[status]
    if (!types) return `${status} is not documented`
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    if (types.length === 0) return text === '' ? undefined : `${status} is documented without a body`
    if (!types.includes(type)) return `${status} is documented as ${types.join(', ')}, not ${type}`
    if (!/^application\/(?:problem\+)?json$/.test(type)) return undefined
    const pointer = ['paths', path, method.toLowerCase(), 'responses', status, 'content', type, 'schema']
    return this.#schemaFault(`openapi#/${pointer.map(escaped).join('/')}`, text)
  }

  problemFault(text: string): string | undefined {
    return this.#schemaFault('openapi#/components/schemas/Problem', text)
  }

  #schemaFault($ref: string, text: string): string | undefined {
    const known = this.#validators.get($ref)
    const validate = known ?? this.#ajv.compile({ $ref })
    if (!known) this.#validators.set($ref, validate)
    return validate(JSON.parse(text)) ? undefined : this.#ajv.errorsText(validate.errors)
  }
}

/** RFC 6901, in a URI's fragment. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function operationOf(path: string, method: string, described: Described): Operation {
  const { security, parameters = [], requestBody, responses } = described
  return {
    method: method.toUpperCase(),
    path,
    isOpen: security?.length === 0,
    query: parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, required = false, schema }) => ({ name, required, schema })),
    body: requestBody?.content['application/json']?.schema,
    answers: Object.fromEntries(
      Object.entries(responses).map(([status, { content = {} }]) => [status, Object.keys(content)]),
    ),
  }
}
