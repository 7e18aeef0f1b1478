import { z } from 'zod'
import { nearest } from './nearest.ts'

type Raw = z.core.$ZodRawIssue
type Of<Code extends Raw['code']> = Extract<Raw, { code: Code }>

/** A choice of more names than these is not read to its end. */
const MOST_FIELDS = 40
const MOST_CHOICES = 12

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
      return 'options' in issue ? oneOf(issue.options as readonly unknown[], chosen(issue)) : undefined
    default:
      return undefined
  }
}

function typeOf({ expected, schema }: Of<'invalid_type'>): string {
  return schema instanceof z.ZodNumber ? numberOf(schema) : (TYPES[expected] ?? expected)
}

/** With its bounds, as far as it has any: a whole number has those of what can be counted exactly, which help nobody. */
function numberOf(schema: z.ZodNumber): string {
  const { minValue, maxValue, isInt } = schema
  const name = isInt ? 'a whole number' : 'a number'
  const [from, to] = [minValue, maxValue].map((bound) =>
    bound !== null && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined,
  )
  if (from !== undefined && to !== undefined) return `${name} from ${from} to ${to}`
  if (from !== undefined) return `${name} of at least ${from}`
  return to === undefined ? name : `${name} of at most ${to}`
}

function least({ origin, minimum, inclusive, schema }: Of<'too_small'>): string {
  if (origin === 'string') return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} characters`
  if (origin === 'array')
    return minimum === 1 ? 'must have at least one entry' : `must have at least ${minimum} entries`
  if (inclusive === false) return `must be more than ${minimum}`
  return schema instanceof z.ZodNumber ? `must be ${numberOf(schema)}` : `must be at least ${minimum}`
}

function most({ origin, maximum, schema }: Of<'too_big'>): string {
  if (origin === 'string') return `may have at most ${maximum} characters`
  if (origin === 'array') return `may have at most ${maximum} entries`
  return schema instanceof z.ZodNumber ? `must be ${numberOf(schema)}` : `must be at most ${maximum}`
}

function unknown({ keys, schema }: Of<'unrecognized_keys'>): string {
  const shape: Shape = schema instanceof z.ZodObject ? schema.shape : {}
  const known = Object.keys(shape)
  const [key = ''] = keys
  const meant = keys.length === 1 ? (nearest(key, known) ?? placeInside(shape, key)) : undefined
  if (meant !== undefined) return `is not known here; did you mean \`${meant}\`?`
  if (known.length === 0) return 'is not known here: this takes no fields'
  return `is not known here; known are ${quoted(known.slice(0, MOST_FIELDS))}`
}

type Shape = Readonly<Record<string, z.core.$ZodType>>

/** `scrapeOptions.formats` for `formats`: a field that one of the others has. */
function placeInside(shape: Shape, key: string): string | undefined {
  const around = Object.keys(shape).find((name) => {
    const inner = bare(shape[name])
    return inner instanceof z.ZodObject && key in inner.shape
  })
  return around === undefined ? undefined : `${around}.${key}`
}

/** Without what says that it may be left out. */
function bare(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  return isWrapped ? bare(schema.unwrap()) : schema
}

function oneOf(values: readonly unknown[], given: unknown): string {
  const names = values.map((value) => JSON.stringify(value))
  const more = names.length > MOST_CHOICES ? `, … (${names.length} in all, see /openapi.json)` : ''
  const choice = names.length > 1 ? `one of ${names.slice(0, MOST_CHOICES).join(', ')}${more}` : (names[0] ?? 'another')
  return given === undefined ? `is missing; it must be ${choice}` : `must be ${choice}`
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

/** What decides between the alternatives of a union. */
function chosen({ input, discriminator }: Of<'invalid_union'> & { discriminator?: unknown }): unknown {
  return (input as Readonly<Record<string, unknown>>)[String(discriminator)]
}
