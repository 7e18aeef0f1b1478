import type { z } from 'zod'
import type { Fault } from '../../src/flows/problem.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** A thousand wrong entries are one mistake made a thousand times. */
const MOST_FAULTS = 100

/** Enough to be known again by whoever wrote it. */
const MOST_SHOWN = 60

/** What lets somebody in, and whole settings that may hold such: never shown again, not even to who sent it. */
const SECRET = /pass|secret|token|cookie|header|auth|^(?:config|webhook|script|text|content)$/i

/** What is wrong with a value, and where. Of a choice, the alternative is spoken about that it was most likely meant to be. */
export function faultsOf(issues: readonly Issue[], value: unknown, within: Path = []): Fault[] {
  const faults = issues.slice(0, MOST_FAULTS).flatMap((issue) => {
    const path = [...within, ...issue.path]
    const meant = issue.code === 'invalid_union' ? meantOf(issue.errors) : undefined
    if (meant) return faultsOf(meant, value, path)
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .slice(0, MOST_FAULTS)
        .map((key) => ({ path: [...path, key.slice(0, MOST_SHOWN)].join('.'), message: issue.message }))
    return [{ path: path.join('.'), message: `${messageOf(issue)}${shown(issue, at(value, path), path)}` }]
  })
  return faults.slice(0, MOST_FAULTS)
}

/** Of a name in an object that may have any, what is wrong with it. */
function messageOf(issue: Issue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message
}

/** An alternative of the value's own kind, and of those the one with the least to mend. */
function meantOf(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const ofItsKind = alternatives.filter((issues) => !issues.some(isOfAnotherKind))
  const likely = ofItsKind.length > 0 ? ofItsKind : alternatives
  return likely.toSorted((one, other) => one.length - other.length)[0]
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

/** What came, where that helps: a value that is short enough to show, and no secret. */
function shown(issue: Issue, value: unknown, path: Path): string {
  if (value === undefined || path.some((name) => SECRET.test(String(name)))) return ''
  if (typeof value === 'string' && issue.code !== 'too_small') return textShown(value, issue.code === 'too_big')
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return `; it was ${String(value)}`
  if (issue.code === 'invalid_type') return `; it was ${Array.isArray(value) ? 'a list' : 'an object'}`
  return ''
}

function textShown(text: string, isTooLong: boolean): string {
  if (isTooLong) return `; it has ${text.length}`
  // A user name and password before a host.
  if (/\/\/[^/]*@/.test(text)) return ''
  return `; it was ${JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text)}`
}
