import { literalAddressVerdict, portVerdict } from '../domain/fetch/address.ts'
import type { FetchFault } from '../domain/fetch/fault.ts'

/** Why a URL may not be connected to, as far as that can be told without the DNS; the runtime judges names when it connects. */
export function refusedAddress(
  url: string,
  allowedNetworks: readonly string[],
): { kind: 'fault'; fault: FetchFault; detail: string } | undefined {
  const { hostname, host } = new URL(url)
  if (literalAddressVerdict(hostname, allowedNetworks) === 'private') {
    return {
      kind: 'fault',
      fault: 'address_not_allowed',
      detail: `${host} is a private address; this platform may only reach public ones.`,
    }
  }
  if (portVerdict(url) === 'blocked') {
    return {
      kind: 'fault',
      fault: 'address_not_allowed',
      detail: `${host} names a port that no browser would fetch from.`,
    }
  }
  return undefined
}
