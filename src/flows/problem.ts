import { type Fault, told } from '../contracts/faults/fault.ts'

/** A request that can't be granted, with the stable code and the words that the caller gets (RFC 9457). */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly errors: Fault[] | undefined
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { errors?: Fault[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.errors = more.errors
    this.headers = more.headers ?? {}
  }
}

/** The refusal of values that can't be used, the first of them in words. */
export function invalid(errors: Fault[]): Refusal {
  return new Refusal(400, 'validation_failed', told(errors), { errors })
}

/** Refuses values that can't be used; none, and nothing happens. */
export function refuseFaults(errors: Fault[]): void {
  if (errors.length > 0) throw invalid(errors)
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'not_found', `There is no such ${what} in this workspace.`)
}
