import type { FieldValue } from '../reading/reading.ts'
import type { FieldChange } from './decision.ts'

type Values = Readonly<Record<string, number | string | null>>

export function fieldValues(fields: Readonly<Record<string, FieldValue>>): Record<string, number | string | null> {
  return Object.fromEntries(Object.entries(fields).map(([name, { value, raw }]) => [name, value ?? raw]))
}

/** Fields whose values differ; 2879.2 and 2879.20 are one number. */
export function fieldChanges(before: Values, fields: Readonly<Record<string, FieldValue>>): FieldChange[] {
  return Object.entries(fieldValues(fields))
    .map(([name, after]) => ({ name, before: before[name] ?? null, after }))
    .filter((field) => field.before !== field.after)
}
