/** RFC 9309 §2.2.1: what robots.txt knows a crawler as, the part of its User-Agent before the version. */
export function productTokenOf(userAgent: string): string | undefined {
  return /^[A-Za-z_-]+/.exec(userAgent)?.[0]
}
