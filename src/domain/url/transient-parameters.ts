/** Query parameters that say where a visitor came from, never what the page shows. Lower case; `*` ends a prefix. */
const TRACKING = [
  'utm_*',
  'mtm_*',
  'pk_campaign',
  'pk_kwd',
  'pk_keyword',
  'gclid',
  'gclsrc',
  'gbraid',
  'wbraid',
  'dclid',
  'fbclid',
  'msclkid',
  'yclid',
  'ysclid',
  'ymclid',
  'twclid',
  'ttclid',
  'li_fat_id',
  'igshid',
  'igsh',
  'mc_cid',
  'mc_eid',
  'mkt_tok',
  '_ga',
  '_gl',
  '_hsenc',
  '_hsmi',
  '__hstc',
  '__hssc',
  '__hsfp',
  'hsctatracking',
  'oly_anon_id',
  'oly_enc_id',
  'vero_id',
  'wickedid',
  'srsltid',
]

/** Names that servers use for nothing but sessions (PHP, Java, ASP, osCommerce, Zen Cart). */
const SESSION = ['phpsessid', 'jsessionid', 'aspsessionid*', 'oscsid', 'zenid']

/** Names that may also mean something else, so that the value has to look like a session's, too. */
const PERHAPS_SESSION = new Set(['sid', 'sessid', 'sessionid', 'session_id', 'session'])
/** At least 64 bits in hexadecimal, or a UUID: no page number, slug or product code looks so. */
const SESSION_SHAPE = /^(?:[0-9a-f]{16,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

const TRANSIENT_NAMES = [...TRACKING, ...SESSION].map((name) => name.replace(/\*$/, '[^=&]*')).join('|')
const TRANSIENT_NAME = new RegExp(`^(?:${TRANSIENT_NAMES})$`, 'i')
const SUSPECT_QUERY = new RegExp(`[?&](?:${TRANSIENT_NAMES}|${[...PERHAPS_SESSION].join('|')})(?:[=&]|$)`, 'i')
const PATH_SESSION = /;(?:jsessionid|phpsessid|sid)=[^;/?]*/gi

/** Quick look: false means that `withoutTransientParameters` would change nothing. */
export function mayCarryTransientParameters(url: string): boolean {
  return SUSPECT_QUERY.test(url)
}

/** The query (without `?`) less tracking parameters and session ids; order and spelling of the rest are kept. */
export function withoutTransientParameters(query: string): string {
  const pairs = query.split('&')
  const kept = pairs.filter((pair) => !isTransient(pair))
  return kept.length === pairs.length ? query : kept.join('&')
}

function isTransient(pair: string): boolean {
  const equals = pair.indexOf('=')
  const name = equals === -1 ? pair : pair.slice(0, equals)
  if (TRANSIENT_NAME.test(name)) return true
  return equals !== -1 && PERHAPS_SESSION.has(name.toLowerCase()) && SESSION_SHAPE.test(pair.slice(equals + 1))
}

/** The path less the session ids that Java servers append to segments (`;jsessionid=…`). */
export function withoutPathSession(path: string): string {
  return path.includes(';') ? path.replace(PATH_SESSION, '') : path
}
