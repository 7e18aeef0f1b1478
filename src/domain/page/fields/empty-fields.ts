import type { FieldRules, FieldValue } from './field-rules.ts'

/** The fields of a document that has no elements: nothing is found. */
export function emptyFields(rules: FieldRules): { [name: string]: FieldValue } {
  return Object.fromEntries(Object.entries(rules).map(([name, { all }]) => [name, all === true ? [] : null]))
}
