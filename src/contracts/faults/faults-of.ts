import type { z } from 'zod'
import type { Fault } from './fault.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** A thousand wrong entries are one mistake made a thousand times. */
const MOST_FAULTS = 100

/** Enough to be known again by whoever wrote it. */
const MOST_SHOWN = 60

/** What lets somebody in, and whole settings that may hold such: never shown again, not even to who sent it. */
const SECRET = /pass|secret|token|cookie|header|auth|^(?:config|webhook|script|text|content)$/i

/** What is wrong with a value, and where: of each place, the first thing. */
export function faultsOf(issues: readonly Issue[], value: unknown): Fault[] {
  const faults = new Map<string, Fault>()
  for (const fault of all(issues, value, [])) if (!faults.has(fault.path)) faults.set(fault.path, fault)
  return [...faults.values()].slice(0, MOST_FAULTS)
}

function all(issues: readonly Issue[], value: unknown, within: Path): Fault[] {
  return issues.slice(0, MOST_FAULTS).flatMap((issue) => {
    const path = [...within, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return ofUnion(issue.errors, value, path)
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .slice(0, MOST_FAULTS)
        .map((key) => ({ path: [...path, key.slice(0, MOST_SHOWN)].join('.'), message: issue.message }))
    return [{ path: path.join('.'), message: `${messageOf(issue)}${shown(issue, at(value, path), path)}` }]
  })
}

/** Of a choice, the alternative is spoken about that the value was most likely meant to be; or all, if none is likelier. */
function ofUnion(alternatives: readonly (readonly Issue[])[], value: unknown, path: Path): Fault[] {
  if (at(value, path) === undefined) return [{ path: path.join('.'), message: 'is missing' }]
  const missing = alternatives.map(namesMissing)
  if (missing.every((names) => names !== undefined))
    return [{ path: path.join('.'), message: `needs ${missing.map((names) => names.join(' and ')).join(', or ')}` }]
  const ofItsKind = alternatives.filter((issues) => !issues.some(isOfAnotherKind))
  if (ofItsKind.length > 0) return all(ofItsKind.toSorted(byLikeness)[0] ?? [], value, path)
  const kinds = alternatives.map(([issue]) => issue?.message.replace(/^must be /, '') ?? '')
  const issue = { code: 'invalid_type', message: `must be ${kinds.join(', or ')}` } as Issue
  return [{ path: path.join('.'), message: `${issue.message}${shown(issue, at(value, path), path)}` }]
}

/** What an alternative would need, where nothing else is wrong with it: its value is an object with nothing of it. */
function namesMissing(issues: readonly Issue[]): string[] | undefined {
  const isAbsent = ({ code, path, message }: Issue) =>
    (code === 'invalid_type' || code === 'invalid_value') && path.length === 1 && message.startsWith('is missing')
  return issues.every(isAbsent) ? issues.map(({ path }) => `\`${String(path[0])}\``) : undefined
}

/** The fewest names that are strange to it, and of those the least to mend. */
function byLikeness(one: readonly Issue[], other: readonly Issue[]): number {
  const strange = (issues: readonly Issue[]) => issues.filter(({ code }) => code === 'unrecognized_keys').length
  return strange(one) - strange(other) || one.length - other.length
}

/** Of a name in an object that may have any, what is wrong with it. */
function messageOf(issue: Issue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message
}

function isOfAnotherKind({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[name] : undefined,
    value,
  )
}

/** What came, where that helps: short enough to be read, and no secret. */
function shown(issue: Issue, value: unknown, path: Path): string {
  if (value === undefined || path.some((name) => SECRET.test(String(name)))) return ''
  if (typeof value === 'string') return textShown(issue, value)
  // A rule between several values has said all by then.
  if (issue.code === 'custom') return ''
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `; it was ${String(value)}`
  if (issue.code === 'invalid_type') return `; it was ${Array.isArray(value) ? 'a list' : 'an object'}`
  return ''
}

function textShown(issue: Issue, text: string): string {
  if (issue.code === 'too_big' && issue.origin === 'string') return `; it has ${text.length}`
  const start = text.slice(0, MOST_SHOWN)
  // What stands before an @ in a URL may be a password; and that a text is empty is said by then.
  if (start === '' || /\/\/[^/]*@/.test(text)) return ''
  // And what stands in a query, a token.
  const [beforeQuery = ''] = /\s/.test(start) ? [start] : start.split('?', 1)
  return `; it was ${JSON.stringify(beforeQuery.length < text.length ? `${beforeQuery}…` : text)}`
}
