import { randomUUID } from 'node:crypto'
import type { Chance } from './chance.ts'
import type { ApiDocument, Schema } from './document.ts'

/** Nothing listens on port 9 of any of these; the others may not be reached at all. */
const URLS = [
  'http://10.0.0.1/',
  'http://[::1]/',
  'http://169.254.169.254/latest',
  'https://user:pw@127.0.0.1:9/',
  'http://0x7f.1:9/',
]

const HOSTILE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  0.5,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  "'; DROP TABLE crawls; --",
  '<script>alert(1)</script>',
  '${7*7}',
  '%00',
  'é'.repeat(300),
  'x'.repeat(10_000),
  [],
  [[]],
  {},
  { __proto__: null, constructor: {} },
  [null],
  'NaN',
  '9'.repeat(40),
  '(a+)+$',
  '[',
  '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a',
  'http://127.0.0.1:9/',
  'javascript:alert(1)',
  '2026-13-45T99:99:99Z',
]

export function hostile(chance: Chance): unknown {
  return chance.of(HOSTILE)
}

/** A value of the schema, as far as its words tell: a name, an e-mail or a URL is guessed by what it is called. */
export function sample(document: ApiDocument, given: Schema, chance: Chance, name = ''): unknown {
  const schema = document.resolve(given)
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return sample(document, chance.of(choice), chance, name)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return chance.of(schema.enum)
  const type = Array.isArray(schema.type) ? chance.of(schema.type) : schema.type
  switch (type) {
    case 'object':
      return sampleObject(document, schema, chance)
    case 'array':
      return Array.from({ length: (schema.minItems ?? 0) + chance.below(3) }, () =>
        sample(document, schema.items ?? {}, chance, name),
      )
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 100, chance.below(100)))
    case 'boolean':
      return chance.is(0.5)
    case 'null':
      return null
    default:
      return sampleText(schema, chance, name)
  }
}

function sampleObject(document: ApiDocument, schema: Schema, chance: Chance): Record<string, unknown> {
  const { properties = {}, required = [] } = schema
  const wanted = Object.entries(properties).filter(([name]) => required.includes(name) || chance.is(0.15))
  return Object.fromEntries(wanted.map(([name, property]) => [name, sample(document, property, chance, name)]))
}

function sampleText({ format, minLength = 1 }: Schema, chance: Chance, name: string): string {
  if (format === 'uuid' || /id$/i.test(name)) return randomUUID()
  if (format === 'email' || name === 'email') return `fuzz-${randomUUID()}@example.test`
  if (/url/i.test(name) || format === 'uri') return chance.is(0.5) ? closedUrl(chance) : chance.of(URLS)
  if (format === 'date-time') return new Date(Date.now() + 86_400_000).toISOString()
  if (/password/i.test(name)) return 'violet kettle 52 harbour'
  return 'a word or two'.padEnd(minLength, ' more')
}

/** On an address of its own, so that no site's pace slows the others. */
function closedUrl(chance: Chance): string {
  return `http://127.${1 + chance.below(250)}.${chance.below(250)}.${1 + chance.below(250)}:9/`
}

/** The value with one thing wrong somewhere in it. */
export function spoiled(value: unknown, chance: Chance): unknown {
  if (typeof value !== 'object' || value === null || chance.is(0.1)) return hostile(chance)
  if (Array.isArray(value)) return [...value, hostile(chance)]
  const entries = Object.entries(value)
  const [name, inner] = entries.length > 0 ? chance.of(entries) : ['none', undefined]
  switch (chance.below(4)) {
    case 0:
      return { ...value, [chance.of(['unknown', '__proto__', 'constructor', ''])]: hostile(chance) }
    case 1:
      return Object.fromEntries(entries.filter(([other]) => other !== name))
    case 2:
      return { ...value, [name]: hostile(chance) }
    default:
      return { ...value, [name]: spoiled(inner, chance) }
  }
}
