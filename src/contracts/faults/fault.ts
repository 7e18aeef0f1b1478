/** What is wrong with a value. The message goes on from its path (`is missing`, `must be …`), or stands by itself. */
export interface Fault {
  /** As in problem+json: `formats.1.fields.price.as`; empty for the whole. */
  path: string
  message: string
}

/** More than these are in `errors` only. */
const MOST_TOLD = 3

/** Faults for people: "`url` is missing. `limit` must be a whole number from 1 to 1000; it was 0." */
export function told(faults: readonly Fault[]): string {
  return faults.slice(0, MOST_TOLD).map(sentence).join(' ')
}

function sentence({ path, message }: Fault): string {
  const goesOn = /^(?:is|are|must|may|can|has|needs) /.test(message)
  const subject = path === '' ? 'The request' : `\`${path}\``
  const end = /[.!?]$/.test(message) ? '' : '.'
  if (goesOn) return `${subject} ${message}${end}`
  return path === '' ? `${message}${end}` : `${subject}: ${message}${end}`
}
