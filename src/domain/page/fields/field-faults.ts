import type { FieldRule, FieldRules } from './field-rules.ts'
import { selectorFault } from './selecting.ts'

/** Bounds of one request's rules, which travel with every message of a crawl. */
const MOST_FIELDS = 100
const MOST_LEVELS = 4
const MOST_CHARACTERS = 16_000

export interface FieldFault {
  /** As in problem+json: `formats.1.fields.price.selector`. */
  path: string
  message: string
}

/** Everything about rules that could not work: to be asked when they are given. `path` is where they stand. */
export function fieldFaults(rules: FieldRules, path: string): FieldFault[] {
  if (levelsOf(rules) > MOST_LEVELS) return [{ path, message: `fields stand in fields at most ${MOST_LEVELS} deep` }]
  const count = countOf(rules)
  if (count > MOST_FIELDS) return [{ path, message: `give at most ${MOST_FIELDS} fields in all, not ${count}` }]
  const length = JSON.stringify(rules).length
  if (length > MOST_CHARACTERS)
    return [{ path, message: `all fields together may have ${MOST_CHARACTERS} characters of JSON, not ${length}` }]
  return faultsOf(rules, path)
}

function levelsOf(rules: FieldRules): number {
  return 1 + Math.max(0, ...Object.values(rules).map(({ fields }) => (fields ? levelsOf(fields) : 0)))
}

function countOf(rules: FieldRules): number {
  return Object.values(rules).reduce((count, { fields }) => count + 1 + (fields ? countOf(fields) : 0), 0)
}

function faultsOf(rules: FieldRules, path: string): FieldFault[] {
  const names = Object.entries(rules)
  if (names.length === 0) return [{ path, message: 'name at least one field' }]
  return names.flatMap(([name, rule]) => [
    ...ruleFaults(rule, `${path}.${name}`),
    ...(rule.fields ? faultsOf(rule.fields, `${path}.${name}.fields`) : []),
  ])
}

function ruleFaults({ selector, attribute, as, fields, locale }: FieldRule, path: string): FieldFault[] {
  const faults: FieldFault[] = []
  const bad = selectorFault(selector)
  if (bad !== undefined) faults.push({ path: `${path}.selector`, message: bad })
  if (fields && as !== undefined)
    faults.push({ path: `${path}.as`, message: 'a record has fields instead; leave one of the two out' })
  if (fields && attribute !== undefined)
    faults.push({ path: `${path}.attribute`, message: 'a record has fields instead; leave one of the two out' })
  if (attribute !== undefined && (as === 'html' || as === 'markdown'))
    faults.push({ path: `${path}.as`, message: `an attribute has no ${as}; leave out \`attribute\` or take "text"` })
  if (locale !== undefined && !/^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$/.test(locale))
    faults.push({ path: `${path}.locale`, message: `“${locale}” is no language tag; give one such as "de" or "en-US"` })
  return faults
}
