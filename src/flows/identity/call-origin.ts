/** Where a call comes from. */
export interface CallOrigin {
  /** Null where it must not be kept. */
  address: string | null
  /** What is counted as one place: an IPv4 address, or the /64 of an IPv6 one. */
  network: string
  userAgent: string | null
}
