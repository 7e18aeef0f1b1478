/** Why a URL could not be had; the stable codes of `POST /v1/scrape` and the reasons of failed URLs. */
export type FetchFault =
  | 'dns_failure'
  | 'connection_refused'
  | 'connection_failed'
  | 'tls_failure'
  | 'timeout'
  | 'too_large'
  | 'too_many_redirects'
  | 'redirect_loop'
  | 'robots_disallowed'
  | 'address_not_allowed'
  | 'unsupported_content_type'
  | 'blocked_by_site'
  | 'render_failed'
  | 'invalid_redirect'
  /** Answered, but in a content coding that can't be undone. */
  | 'invalid_response'
  | 'robots_unreachable'
  /** The login that the caller described did not work. */
  | 'login_failed'
  | 'http_error'

/** Faults that another attempt may cure. The rest are answers, and asking again is only a nuisance. */
const TRANSIENT: ReadonlySet<FetchFault> = new Set([
  'connection_failed',
  'connection_refused',
  'timeout',
  'dns_failure',
])

/** Not implemented, HTTP version not supported, and Cloudflare's invalid certificate: the same tomorrow. */
const LASTING: ReadonlySet<number> = new Set([501, 505, 526])

export function isTransient(fault: FetchFault, status?: number): boolean {
  if (fault === 'http_error') return status !== undefined && status >= 500 && status < 600 && !LASTING.has(status)
  return TRANSIENT.has(fault)
}
