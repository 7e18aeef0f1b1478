import { type Address, type Cidr, inCidr, parseAddress, parseCidr } from './cidr.ts'

export { inCidr, parseAddress, parseCidr } from './cidr.ts'
export { portVerdict } from './port.ts'

/**
 * What a crawler may not reach (IANA special-purpose registries, RFC 6890, and Azure's wire server). The same list as the
 * runtime's own filter, which applies it again to every resolved address when it connects.
 */
const NOT_PUBLIC: readonly string[] = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private (RFC 1918)
  '100.64.0.0/10', // carrier-grade NAT (RFC 6598)
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // Azure's wire server: answers on every virtual machine there
  '169.254.0.0/16', // link-local, and the metadata services of most clouds
  '172.16.0.0/12', // private (RFC 1918)
  '192.0.0.0/24', // IETF protocol assignments
  '192.0.2.0/24', // documentation (RFC 5737)
  '192.88.99.0/24', // 6to4 relays (RFC 7526)
  '192.168.0.0/16', // private (RFC 1918)
  '198.18.0.0/15', // benchmarks (RFC 2544)
  '198.51.100.0/24', // documentation (RFC 5737)
  '203.0.113.0/24', // documentation (RFC 5737)
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '::/96', // unspecified, loopback, IPv4-compatible
  '64:ff9b::/96', // NAT64 (RFC 6052): leads to any IPv4 address, private ones included
  '64:ff9b:1::/48', // NAT64 for local use (RFC 8215)
  '100::/64', // discard-only (RFC 6666)
  '2001::/32', // Teredo (RFC 4380): carries an IPv4 address
  '2001:db8::/32', // documentation (RFC 3849)
  '2002::/16', // 6to4 (RFC 3056): carries an IPv4 address
  'fc00::/7', // unique local (RFC 4193)
  'fe80::/10', // link-local
  'fec0::/10', // site-local (deprecated by RFC 3879)
  'ff00::/8', // multicast
]

const NOT_PUBLIC_BLOCKS = NOT_PUBLIC.flatMap((text) => parseCidr(text) ?? [])
const MAPPED: Cidr | undefined = parseCidr('::ffff:0:0/96')
const IPV4_MASK = 0xffff_ffffn

/**
 * What can be told of a host without asking the DNS: `name` is what only a connection can judge. Takes every spelling that
 * the URL standard knows for an address (`0x7f.1`, `2130706433`, `[::ffff:7f00:1]`). `allowed` are CIDRs that may be
 * reached although they are private.
 */
export function literalAddressVerdict(
  hostname: string,
  allowed: readonly string[],
): 'public' | 'private' | 'allowed' | 'name' {
  const address = addressOf(hostname)
  if (!address) return 'name'
  const plain = unmapped(address)
  if (!NOT_PUBLIC_BLOCKS.some((block) => inCidr(plain, block))) return 'public'
  const reachable = allowed.some((text) => {
    const block = parseCidr(text)
    return block !== undefined && (inCidr(plain, block) || inCidr(address, block))
  })
  return reachable ? 'allowed' : 'private'
}

function addressOf(hostname: string): Address | undefined {
  const name = hostname.toLowerCase().replace(/\.+$/, '')
  // RFC 6761 §6.3: these names are loopback, whatever a resolver says.
  if (name === 'localhost' || name.endsWith('.localhost')) return parseAddress('127.0.0.1')
  const bracketed = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name
  const parsed = URL.parse(`http://${bracketed}/`)
  return parsed ? parseAddress(parsed.hostname) : undefined
}

/** `::ffff:a.b.c.d` reaches a.b.c.d (RFC 4291 §2.5.5.2) and is judged as that. */
function unmapped(address: Address): Address {
  if (!MAPPED || !inCidr(address, MAPPED)) return address
  return { version: 4, value: address.value & IPV4_MASK }
}
