import { lookup } from 'node:dns/promises'
import { connect as connectTcp, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { NetworkRules } from '../network-rules.ts'

export type Fault =
  | 'dns_failure'
  | 'address_not_allowed'
  | 'connection_refused'
  | 'tls_failure'
  | 'timeout'
  | 'connection_failed'
  | 'none'

export interface Explanation {
  fault: Fault
  detail: string
}

export interface Reach {
  found: boolean
  allowed: boolean
}

type Found = { addresses: string[] } | { none: Explanation }

const LIMIT_MS = 5_000

/** Says why a connection to a URL's origin fails: looks it up and connects as workerd does, and sends nothing. */
export async function explain(url: string, rules: NetworkRules): Promise<Explanation> {
  const { hostname, port, protocol } = new URL(url)
  const host = withoutBrackets(hostname)
  const found = await addressesOf(host, rules)
  if ('none' in found) return found.none
  const isTls = protocol === 'https:'
  const target = { host, port: Number(port) || (isTls ? 443 : 80), isTls }
  let last: Explanation = { fault: 'connection_failed', detail: `${host} has no address to try` }
  for (const address of found.addresses) {
    last = await attempt(address, target)
    if (last.fault === 'none') return last
  }
  return last
}

/** Whether a host has addresses, and whether one of them may be reached. */
export async function resolveHost(hostname: string, rules: NetworkRules): Promise<Reach> {
  const found = await addressesOf(withoutBrackets(hostname), rules)
  if ('addresses' in found) return { found: true, allowed: true }
  return found.none.fault === 'address_not_allowed' ? { found: true, allowed: false } : { found: false, allowed: true }
}

/** The addresses that may be reached; a name with none of those is as good as forbidden. */
async function addressesOf(host: string, rules: NetworkRules): Promise<Found> {
  try {
    const all = isIP(host) ? [{ address: host }] : await within(lookup(host, { all: true }))
    const addresses = all.map(({ address }) => address).filter(rules.permits)
    if (addresses.length > 0) return { addresses }
    const detail = `${host} is, or resolves to, an address that may not be reached; LAPIS_ALLOW_PRIVATE_NETWORKS can allow it`
    return { none: { fault: 'address_not_allowed', detail } }
  } catch (error) {
    const detail = `${host} can't be resolved (${codeOf(error)})`
    return { none: { fault: error instanceof LookupTimeout ? 'timeout' : 'dns_failure', detail } }
  }
}

class LookupTimeout extends Error {
  readonly code = 'ETIMEDOUT'
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LookupTimeout()), LIMIT_MS)
  })
  return Promise.race([work, limit]).finally(() => clearTimeout(timer))
}

interface Target {
  host: string
  port: number
  isTls: boolean
}

function attempt(address: string, { host, port, isTls }: Target): Promise<Explanation> {
  return new Promise((resolve) => {
    let isConnected = false
    const socket = connectTcp({ host: address, port })
    const settle = (fault: Fault, detail: string): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ fault, detail })
    }
    const timer = setTimeout(() => settle('timeout', `${host}:${port} did not answer within ${LIMIT_MS} ms`), LIMIT_MS)
    const failed = (error: unknown): void => settle(...faultOf(codeOf(error), isConnected, `${host}:${port}`))
    socket.on('error', failed)
    socket.once('connect', () => {
      isConnected = true
      if (!isTls) return settle('none', `${host}:${port} takes connections`)
      // RFC 6066 §3: an address is no server name.
      const name = isIP(host) ? {} : { servername: host }
      const secure = connectTls({ socket, host, ...name })
      secure.on('error', failed)
      secure.once('secureConnect', () => settle('none', `${host}:${port} takes connections`))
    })
  })
}

function faultOf(code: string, isConnected: boolean, where: string): [Fault, string] {
  if (isConnected) return ['tls_failure', `No TLS with ${where}: ${code}`]
  if (code === 'ECONNREFUSED') return ['connection_refused', `${where} refuses connections`]
  if (code === 'ETIMEDOUT') return ['timeout', `${where} did not answer`]
  return ['connection_failed', `${where} can't be connected to (${code})`]
}

function codeOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return String(code ?? message)
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
