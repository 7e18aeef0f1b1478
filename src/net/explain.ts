import type { FetchFault } from '../domain/fetch/fault.ts'

export interface Explanation {
  fault: FetchFault
  detail: string
}

/** Says why a fetch failed. */
export type Explain = (url: string, error: unknown) => Promise<Explanation>

/** A service that resolves and connects on our behalf. */
export interface Probe {
  fetch(url: string, init: RequestInit): Promise<Response>
}

const PROBE_TIMEOUT_MS = 8_000
const KNOWN: ReadonlySet<string> = new Set<FetchFault>([
  'dns_failure',
  'connection_refused',
  'connection_failed',
  'tls_failure',
  'timeout',
  'address_not_allowed',
])

/**
 * The runtime's own errors don't say why a connection failed. Self-hosted, a probe beside it resolves and connects once
 * more, under the same address rules, and tells; without a probe (at Cloudflare) the failure keeps its general name.
 */
export function explainer(probe: Probe | undefined): Explain {
  return async (url, error) => {
    const general: Explanation = {
      fault: 'connection_failed',
      detail: `The connection to ${new URL(url).host} failed.`,
    }
    if (!probe) return general
    try {
      const answer = await probe.fetch('http://probe/explain', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ url }),
        signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
      })
      const said = (await answer.json()) as { fault: string; detail: string }
      if (said.fault === 'none') return { fault: 'connection_failed', detail: withoutHead(url) }
      return KNOWN.has(said.fault) ? { fault: said.fault as FetchFault, detail: said.detail } : general
    } catch {
      console.warn(JSON.stringify({ message: 'the probe did not answer', url, error: String(error) }))
      return general
    }
  }
}

function withoutHead(url: string): string {
  const { host } = new URL(url)
  return `${host} takes connections, but this one ended before a valid HTTP answer had begun: the site closed it, or sends headers that break the HTTP standard.`
}

/** Whether a host may be reached at all, asked before a job is accepted; true when nobody can say. */
export function addressCheck(probe: Probe | undefined): (host: string) => Promise<boolean> {
  return async (host) => {
    if (!probe) return true
    try {
      const answer = await probe.fetch('http://probe/resolve', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ host }),
        signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
      })
      return ((await answer.json()) as { allowed: boolean; found: boolean }).allowed
    } catch {
      return true
    }
  }
}
