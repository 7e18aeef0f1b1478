import type { Socket } from 'node:net'
import { connectToFirst } from './connect.ts'
import { type EgressRules, permittedAddresses } from './permitted-addresses.ts'

/** What a page asks for; an IPv6 address without brackets. */
export interface Target {
  host: string
  port: number
}

export type Refusal =
  | 'address_not_allowed'
  | 'bad_request'
  | 'connection_failed'
  | 'dns_failure'
  | 'too_much'
  | 'unauthorized'

/** A connection to the target, or why there is none. */
export type Way = { socket: Socket } | { refused: Refusal }

export type WayOut = (target: Target) => Promise<Way>

/** Out of this very process: looked up, judged and connected here. */
export function directly(rules: EgressRules): WayOut {
  return async ({ host, port }) => {
    const permission = await permittedAddresses(host, port, rules)
    if ('refused' in permission) return permission
    const socket = await connectToFirst(permission.addresses, port)
    return socket ? { socket } : { refused: 'connection_failed' }
  }
}
