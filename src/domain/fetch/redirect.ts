export type RedirectTarget = { ok: true; url: string } | { ok: false; reason: NoTarget }

type NoTarget = 'not_a_redirect' | 'missing_location' | 'several_locations' | 'invalid_location' | 'unsupported_scheme'

const DETAILS: Readonly<Record<NoTarget, string>> = {
  not_a_redirect: 'its status is none of a redirect',
  missing_location: 'it names no Location',
  several_locations: 'it names several Locations that differ',
  invalid_location: 'its Location is no URL',
  unsupported_scheme: 'its Location is neither http nor https',
}

/** Why a redirect leads nowhere, for people. */
export function noTargetDetail(reason: NoTarget): string {
  return `The redirect leads nowhere: ${DETAILS[reason]}.`
}

/** The statuses that lead elsewhere by themselves (Fetch standard, "redirect status"); 300 and 304 do not. */
const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Where a response sends its reader: `location` resolved against the URL that gave it, which lends its fragment to a
 * target without one (RFC 9110 §10.2.2). Only http(s) targets are ones.
 */
export function redirectTarget(status: number, location: string | null, from: string): RedirectTarget {
  if (!REDIRECT_STATUSES.has(status)) return { ok: false, reason: 'not_a_redirect' }
  const [written = '', ...others] = locationsOf(location)
  if (written === '') return { ok: false, reason: 'missing_location' }
  if (others.some((other) => other !== written)) return { ok: false, reason: 'several_locations' }
  const target = URL.parse(asUtf8(written), from)
  if (!target) return { ok: false, reason: 'invalid_location' }
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return { ok: false, reason: 'unsupported_scheme' }
  if (target.hash === '' && !written.includes('#')) target.hash = new URL(from).hash
  return { ok: true, url: target.href }
}

/**
 * Location headers sent more than once arrive joined by a comma and a space (Fetch, "get a header"). A URL holds no space, so
 * that a space before what begins like a URL is such a seam.
 */
function locationsOf(location: string | null): string[] {
  return (location ?? '').trim().split(/, (?=\/|https?:)/i)
}

/**
 * Repairs a path in UTF-8 whose bytes were read as one character each, as Fetch has it. workerd reads headers as UTF-8
 * itself, so that text which is no such sequence of bytes is what the server meant.
 */
function asUtf8(text: string): string {
  if (!/[\u0080-\u00FF]/.test(text) || /[^\0-\u00FF]/.test(text)) return text
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return text
  }
}
