import { lookup } from 'node:dns/promises'
import { literalAddressVerdict, portVerdict } from '../../../src/domain/fetch/address.ts'

export interface EgressRules {
  /** CIDRs that pages may reach although they are private. */
  allowedNetworks: readonly string[]
  /** Ports of this machine that no page may reach even so: browsers' own doors. */
  isOwnPort: (port: number) => boolean
}

export type Permission = { addresses: string[] } | { refused: 'address_not_allowed' | 'dns_failure' }

/**
 * The addresses that a page may be connected to. The connection is then made to one of these and to nothing that a
 * second look-up might say.
 */
export async function permittedAddresses(host: string, port: number, rules: EgressRules): Promise<Permission> {
  if (portVerdict(`http://${host.includes(':') ? `[${host}]` : host}:${port}/`) === 'blocked') return NOT_ALLOWED
  const all = await addressesOf(host)
  if (all.length === 0) return { refused: 'dns_failure' }
  const addresses = all.filter((address) => mayReach(address, port, rules))
  return addresses.length > 0 ? { addresses } : NOT_ALLOWED
}

const NOT_ALLOWED: Permission = { refused: 'address_not_allowed' }

function mayReach(address: string, port: number, { allowedNetworks, isOwnPort }: EgressRules): boolean {
  const verdict = literalAddressVerdict(address, allowedNetworks)
  // `allowed` is a private address that the operator opened: it may be this very machine.
  return verdict === 'public' || (verdict === 'allowed' && !isOwnPort(port))
}

async function addressesOf(host: string): Promise<string[]> {
  // RFC 6761 §6.3: loopback, whatever a resolver says.
  if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1']
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch {
    return []
  }
}
