import { BlockList, isIP } from 'node:net'

/** What workerd's `network` service is given, and what the probe asks before it connects itself. */
export interface NetworkRules {
  allow: string[]
  deny: string[]
  permits: (address: string) => boolean
}

/** Beyond what workerd's "public" leaves out already (kj::Network::restrictPeers), each tried against workerd 1.20261117. */
const NOT_PUBLIC_EITHER = [
  '0.0.0.0/8', // RFC 1122 §3.2.1.3: this network
  '168.63.129.16/32', // Azure's wire server, reachable from every virtual machine
  '192.0.2.0/24', // RFC 5737: documentation
  '192.88.99.0/24', // RFC 7526: 6to4 relays
  '198.18.0.0/15', // RFC 2544: benchmarks
  '198.51.100.0/24',
  '203.0.113.0/24',
  '64:ff9b::/96', // RFC 6052: NAT64, a way to every IPv4 address
  '64:ff9b:1::/48', // RFC 8215
  '2002::/16', // RFC 3056: 6to4, the same
  '::/96', // RFC 4291 §2.5.5.1: IPv4-compatible
  '2001:db8::/32', // RFC 3849
  '100::/64', // RFC 6666: discard
  'fec0::/10', // RFC 3879: site-local
]

/** What "public" leaves out by itself. */
const PRIVATE = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  '2001::/32',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
]

/**
 * The rules for reaching the web. workerd decides between overlapping entries for the longer prefix, and for `deny` when
 * they are equal: so an entry that lies within what the operator allowed has to go from the deny list, and one that
 * merely contains it can stay.
 */
export function networkRules(allowed: readonly string[]): NetworkRules {
  const operator = listOf(allowed)
  const closed = listOf([...PRIVATE, ...NOT_PUBLIC_EITHER])
  return {
    allow: ['public', ...allowed],
    deny: NOT_PUBLIC_EITHER.filter((denied) => !allowed.some((cidr) => contains(cidr, denied))),
    permits: (address) => {
      const plain = withoutMapping(address)
      const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
      return isIP(plain) !== 0 && (operator.check(plain, family) || !closed.check(plain, family))
    },
  }
}

function contains(outer: string, inner: string): boolean {
  const [network = '', bits = ''] = inner.split('/')
  const [, outerBits = ''] = outer.split('/')
  return Number(outerBits) <= Number(bits) && listOf([outer]).check(network, familyOf(network))
}

function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [network = '', bits = ''] = cidr.split('/')
    list.addSubnet(network, Number(bits), familyOf(network))
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

/** `::ffff:127.0.0.1` is 127.0.0.1 to the system that connects. */
function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
}
