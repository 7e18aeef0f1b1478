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

/** What is wrong with a value. The message goes on from its path (`is missing`, `must be …`), or stands by itself. */
export interface Fault {
  /** As in problem+json: `formats.1.fields.price.as`; empty for the whole. */
  path: string
  message: string
}

/** More than these are in `errors` only. */
const MOST_TOLD = 3

/** The refusal of values that can't be used, the first of them in words. */
export function invalid(errors: Fault[]): Refusal {
  return new Refusal(400, 'validation_failed', errors.slice(0, MOST_TOLD).map(sentence).join(' '), { errors })
}

/** Refuses values that can't be used; none, and nothing happens. */
export function refuseFaults(errors: Fault[]): void {
  if (errors.length > 0) throw invalid(errors)
}

function sentence({ path, message }: Fault): string {
  const goesOn = /^(?:is|must|may|can|has|have) /.test(message)
  const subject = path === '' ? 'The request' : `\`${path}\``
  const end = /[.!?]$/.test(message) ? '' : '.'
  if (goesOn) return `${subject} ${message}${end}`
  return path === '' ? `${message}${end}` : `${subject}: ${message}${end}`
}

export function notFound(what: string): Refusal {
  return new Refusal(404, 'not_found', `There is no such ${what} in this workspace.`)
}
