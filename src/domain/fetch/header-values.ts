/** The values of a header, in the order received; names are compared without regard to case (RFC 9110 §5.1). */
export function headerValues(headers: Iterable<readonly [string, string]>, name: string): string[] {
  return [...headers].flatMap(([each, value]) => (each.toLowerCase() === name ? [value] : []))
}
