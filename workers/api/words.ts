import type { z } from 'zod'
import { nearest } from './nearest.ts'

type Raw = z.core.$ZodRawIssue
type Of<Code extends Raw['code']> = Extract<Raw, { code: Code }>

/** A choice of more names than these is not read to its end. */
const MOST_NAMES = 40

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  uuid: 'an id: a UUID as the API gives them',
  datetime: 'a time in UTC, such as "2026-11-24T12:00:00Z"',
}

/** What shapes have to say of values, in words that go on from a field's name. Messages of the shapes themselves come first. */
export function words(issue: Raw): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${typeOf(issue)}`
    case 'invalid_value':
      return oneOf(issue.values, issue.input)
    case 'too_small':
      return least(issue)
    case 'too_big':
      return most(issue)
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? 'written in another way'}`
    case 'unrecognized_keys':
      return unknown(issue)
    case 'invalid_union':
      return 'discriminator' in issue ? oneOf(choicesOf(issue), chosen(issue)) : undefined
    default:
      return undefined
  }
}

/** With its bounds, where it is a number that has them. */
function typeOf({ expected, inst }: Of<'invalid_type'>): string {
  const { minimum, maximum, format } = (inst as z.core.$ZodType | undefined)?._zod.bag ?? {}
  const name = TYPES[expected === 'number' && format === 'safeint' ? 'int' : expected] ?? expected
  return expected === 'number' ? `${name}${range(minimum, maximum)}` : name
}

/** A whole number without bounds has those of what can be counted exactly, which say nothing to anybody. */
function range(minimum: unknown, maximum: unknown): string {
  const isBound = (bound: unknown): bound is number =>
    typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  if (isBound(minimum) && isBound(maximum)) return ` from ${minimum} to ${maximum}`
  if (isBound(minimum)) return ` of at least ${minimum}`
  return isBound(maximum) ? ` of at most ${maximum}` : ''
}

function least({ origin, minimum, inclusive }: Of<'too_small'>): string {
  if (origin === 'string') return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} characters`
  if (origin === 'array')
    return minimum === 1 ? 'must have at least one entry' : `must have at least ${minimum} entries`
  return `must be ${inclusive === false ? 'more than' : 'at least'} ${minimum}`
}

function most({ origin, maximum, inclusive }: Of<'too_big'>): string {
  if (origin === 'string') return `may have at most ${maximum} characters`
  if (origin === 'array') return `may have at most ${maximum} entries`
  return `must be ${inclusive === false ? 'less than' : 'at most'} ${maximum}`
}

function unknown({ keys, inst }: Of<'unrecognized_keys'>): string {
  const shape = (inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape
  const known = Object.keys(shape ?? {})
  const [key = ''] = keys
  const meant = keys.length === 1 ? nearest(key, known) : undefined
  if (meant !== undefined) return `is not known here; did you mean \`${meant}\`?`
  if (known.length === 0) return 'is not known here; nothing is taken here'
  return `is not known here; known are ${known
    .slice(0, MOST_NAMES)
    .map((name) => `\`${name}\``)
    .join(', ')}`
}

function oneOf(values: readonly unknown[], given: unknown): string {
  const names = values.slice(0, MOST_NAMES).map((value) => JSON.stringify(value))
  const choice = names.length > 1 ? `one of ${names.join(', ')}` : (names[0] ?? 'something else')
  return given === undefined ? `is missing; it must be ${choice}` : `must be ${choice}`
}

function choicesOf(issue: Of<'invalid_union'>): readonly unknown[] {
  return ('options' in issue && Array.isArray(issue.options) ? issue.options : []) as readonly unknown[]
}

function chosen({ input, path }: Of<'invalid_union'>): unknown {
  const [name] = path ?? []
  return typeof input === 'object' && input !== null ? (input as Record<PropertyKey, unknown>)[name ?? ''] : undefined
}
