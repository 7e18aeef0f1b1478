/** JSON Schema, as far as examples are made of it. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  example?: unknown
  examples?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  minItems?: number
}

export type Schemas = Readonly<Record<string, Schema>>

/** The least that a schema takes: what is required, by its own examples where it has some. */
export function exampleOf(given: Schema, schemas: Schemas): unknown {
  const schema = resolved(given, schemas)
  const known = [schema.example, schema.examples?.[0], schema.const, schema.enum?.[0], schema.default]
  const first = known.find((value) => value !== undefined)
  if (first !== undefined) return first
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  return choice ? exampleOf(choice, schemas) : byType(schema, schemas)
}

function byType(schema: Schema, schemas: Schemas): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object':
      return objectOf(schema, schemas)
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => exampleOf(schema.items ?? {}, schemas))
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1)
    case 'boolean':
      return true
    default:
      return 'example'
  }
}

function objectOf({ properties = {}, required = [] }: Schema, schemas: Schemas): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name))
      .map(([name, schema]) => [name, exampleOf(schema, schemas)]),
  )
}

function resolved(schema: Schema, schemas: Schemas): Schema {
  const name = /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref ?? '')?.[1]
  return (name !== undefined && schemas[name]) || schema
}
