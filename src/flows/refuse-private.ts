import { literalAddressVerdict } from '../domain/fetch/address.ts'
import type { Platform } from './platform.ts'
import { Refusal } from './problem.ts'

/** Private addresses are refused at the door where they can be told by the name; the runtime refuses the rest when it connects. */
export async function refusePrivate(platform: Platform, url: string): Promise<void> {
  const { hostname } = new URL(url)
  const verdict = literalAddressVerdict(hostname, platform.net.allowedNetworks)
  const mayReach = verdict === 'name' ? await platform.net.mayReach(hostname) : verdict !== 'private'
  if (mayReach) return
  const detail = `${hostname} is, or resolves to, an address that this platform may not reach. Its operator can allow it with LAPIS_ALLOW_PRIVATE_NETWORKS.`
  throw new Refusal(422, 'address_not_allowed', detail)
}
