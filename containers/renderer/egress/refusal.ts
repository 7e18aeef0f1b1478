import type { Refusal } from './way-out.ts'

/** Tells a browser's developer, and a proxy before this one, why a page was refused something. */
export const REFUSAL_HEADER = 'x-lapis-egress'

const STATUS: Readonly<Record<Refusal, { code: number; phrase: string }>> = {
  address_not_allowed: { code: 403, phrase: 'Forbidden' },
  bad_request: { code: 400, phrase: 'Bad Request' },
  connection_failed: { code: 502, phrase: 'Bad Gateway' },
  dns_failure: { code: 502, phrase: 'Bad Gateway' },
  too_much: { code: 429, phrase: 'Too Many Requests' },
  unauthorized: { code: 407, phrase: 'Proxy Authentication Required' },
}

export function statusOf(refusal: Refusal): { code: number; phrase: string } {
  return STATUS[refusal]
}
