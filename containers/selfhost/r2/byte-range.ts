/** As workerd's R2 binding sends it; 64-bit numbers come as text. */
export interface RequestedRange {
  offset?: string | number
  length?: string | number
  suffix?: string | number
}

export interface ByteRange {
  offset: number
  length: number
}

/** The part of an object of `size` bytes that is asked for, or undefined when there is no such part. */
export function resolveRange(range: RequestedRange, size: number): ByteRange | undefined {
  if (range.suffix !== undefined) {
    const suffix = Math.min(Number(range.suffix), size)
    return suffix > 0 ? { offset: size - suffix, length: suffix } : undefined
  }
  const offset = Number(range.offset ?? 0)
  const length = Math.min(Number(range.length ?? size), size - offset)
  return offset >= 0 && length > 0 ? { offset, length } : undefined
}

/** One range of a `Range` header (RFC 9110 §14.2); a header with several is answered whole, as R2 does. */
export function rangeOfHeader(header: string): RequestedRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? []
  if (first === '') return last === '' ? undefined : { suffix: last }
  return last === '' ? { offset: first } : { offset: first, length: Number(last) - Number(first) + 1 }
}
