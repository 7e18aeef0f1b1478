/** A block of addresses. IPv4 and IPv6 never match each other here; callers unwrap mapped addresses first. */
export interface Cidr {
  version: 4 | 6
  first: bigint
  last: bigint
}

export interface Address {
  version: 4 | 6
  value: bigint
}

const BITS = { 4: 32n, 6: 128n } as const
const OCTET = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/
const GROUP = /^[0-9a-f]{1,4}$/i

/** `10.0.0.0/8`, `fc00::/7`, or an address alone for a block of one. Bits behind the prefix are ignored. */
export function parseCidr(text: string): Cidr | undefined {
  const [addressText = '', prefixText, ...more] = text.trim().split('/')
  const address = parseAddress(addressText)
  if (!address || more.length > 0) return undefined
  const bits = BITS[address.version]
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return undefined
  const prefix = prefixText === undefined ? bits : BigInt(prefixText)
  if (prefix > bits) return undefined
  const size = 1n << (bits - prefix)
  const first = (address.value / size) * size
  return { version: address.version, first, last: first + size - 1n }
}

export function inCidr(address: Address, cidr: Cidr): boolean {
  return address.version === cidr.version && address.value >= cidr.first && address.value <= cidr.last
}

/** Reads an address as the URL parser writes it: dotted IPv4 without leading zeros, or IPv6, with or without brackets. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) {
    const value = ipv6Value(text.replace(/^\[(.*)\]$/, '$1'))
    return value === undefined ? undefined : { version: 6, value }
  }
  const value = ipv4Value(text)
  return value === undefined ? undefined : { version: 4, value }
}

function ipv4Value(text: string): bigint | undefined {
  const octets = text.split('.')
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet))) return undefined
  return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n)
}

/** RFC 4291 §2.2, with its `::` and its dotted end. */
function ipv6Value(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(groupsOf)
  if (!head || (halves.length === 2 && !tail)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...(tail ?? [])]
  return groups.reduce((value, group) => value * 65_536n + group, 0n)
}

function groupsOf(half: string): bigint[] | undefined {
  if (half === '') return []
  const parts = half.split(':')
  const dotted = parts.at(-1)?.includes('.') ? ipv4Value(parts.pop() ?? '') : null
  if (dotted === undefined || !parts.every((part) => GROUP.test(part))) return undefined
  const groups = parts.map((part) => BigInt(`0x${part}`))
  return dotted === null ? groups : [...groups, dotted / 65_536n, dotted % 65_536n]
}
