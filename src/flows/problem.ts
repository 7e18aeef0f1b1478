/** A request that can't be granted, with the stable code and the words that the caller gets (RFC 9457). */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly errors: { path: string; message: string }[] | undefined
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    detail: string,
    more: { errors?: { path: string; message: string }[]; headers?: Record<string, string> } = {},
  ) {
    super(detail)
    this.status = status
    this.code = code
    this.errors = more.errors
    this.headers = more.headers ?? {}
  }
}

/** Refuses values that can't be used, the first of them in words. */
export function refuseFaults(errors: { path: string; message: string }[]): void {
  const [first] = errors
  if (first) throw new Refusal(400, 'validation_failed', `${first.path}: ${first.message}`, { errors })
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'not_found', `There is no such ${what} in this workspace.`)
}
