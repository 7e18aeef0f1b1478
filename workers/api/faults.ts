import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

export interface Fault {
  /** As in problem+json: `formats.1.fields.price.as`. */
  path: string
  message: string
}

/** What is wrong, and where. Of a choice, the alternative is spoken about that the value was most likely meant to be. */
export function faultsOf(issues: readonly Issue[], within: Path = []): Fault[] {
  return issues.flatMap((issue) => {
    const path = [...within, ...issue.path]
    const meant = issue.code === 'invalid_union' ? meantOf(issue.errors) : undefined
    return meant ? faultsOf(meant, path) : [{ path: path.join('.'), message: issue.message }]
  })
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
