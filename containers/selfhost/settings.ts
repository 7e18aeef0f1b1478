import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { StartFault } from './start-fault.ts'

/** What the operator chose through the environment, parsed once. */
export interface Settings {
  host: string
  /** 0 takes any free port. */
  port: number
  /** Without a trailing slash; undefined means the listening address. */
  publicUrl: string | undefined
  dataDirectory: string
  databaseUrl: string | undefined
  apiKey: string | undefined
  /** What access tokens are signed with: "new" or "new,old". */
  tokenSecret: string | undefined
  /** What credentials of crawls are encrypted with: "new" or "new,old". */
  encryptionSecret: string | undefined
  /** CIDRs that may be reached although private. */
  allowedNetworks: string[]
  /** A renderer that somebody else has started; without one the launcher starts its own. */
  renderer: { host: string; port: number; token: string } | undefined
  /** The LAPIS_* variables that the Worker reads itself, as they were given. */
  forWorker: Record<string, string>
}

type Environment = Readonly<Record<string, string | undefined>>

/** Whole numbers; 0 is no limit. */
const COUNTS = [
  'LAPIS_QUOTA_CHECKS',
  'LAPIS_QUOTA_PAGES',
  'LAPIS_QUOTA_RENDERS',
  'LAPIS_RATE_LIMIT',
  'LAPIS_RATE_LIMIT_ADDRESS',
  'LAPIS_RATE_LIMIT_WORKSPACE',
  'LAPIS_REGISTRATION_LIMIT',
]
/** Read by the Worker only; here just passed on. */
const FOR_WORKER = [
  'LAPIS_CORS_ORIGINS',
  'LAPIS_REGISTRATION',
  'LAPIS_RENDER',
  'LAPIS_SMTP_URL',
  'LAPIS_MAIL_FROM',
  'LAPIS_METRICS_TOKEN',
  'LAPIS_TRUSTED_PROXIES',
  'LAPIS_TEST_QUEUE_MISCHIEF',
  ...COUNTS,
]
const KEY_SHAPE = /^lps_[A-Za-z0-9_-]{16,200}$/
const SECRETS_SHAPE = /^[\x21-\x2b\x2d-\x7e]{32,}(?:,[\x21-\x2b\x2d-\x7e]{32,})*$/
const ORIGINS_SHAPE = /^(?:\*|https?:\/\/[a-z0-9.:[\]-]+(?:[\s,]+https?:\/\/[a-z0-9.:[\]-]+)*)$/
const HOST_SHAPE = /^[A-Za-z0-9.-]+$/

/** Throws a StartFault that names the variable, its value and what is allowed. */
export function parseSettings(environment: Environment): Settings {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined
  return {
    host: parseHost(read('LAPIS_HOST') ?? '127.0.0.1'),
    port: parsePort(read('LAPIS_PORT') ?? '8787'),
    publicUrl: parsePublicUrl(read('LAPIS_PUBLIC_URL')),
    dataDirectory: resolve(read('LAPIS_DATA_DIR') ?? '.lapis'),
    databaseUrl: parseDatabaseUrl(read('DATABASE_URL')),
    apiKey: parseApiKey(read('LAPIS_API_KEY')),
    tokenSecret: parseSecrets('LAPIS_TOKEN_SECRET', read('LAPIS_TOKEN_SECRET')),
    encryptionSecret: parseSecrets('LAPIS_ENCRYPTION_SECRET', read('LAPIS_ENCRYPTION_SECRET')),
    allowedNetworks: parseNetworks('LAPIS_ALLOW_PRIVATE_NETWORKS', read('LAPIS_ALLOW_PRIVATE_NETWORKS') ?? ''),
    renderer: parseRenderer(read('LAPIS_RENDERER_URL'), read('LAPIS_RENDERER_TOKEN')),
    forWorker: parseForWorker(read),
  }
}

function parseForWorker(read: (name: string) => string | undefined): Record<string, string> {
  refuseUnless(read, 'LAPIS_RENDER', /^(auto|off)$/, '"auto" or "off"')
  refuseUnless(read, 'LAPIS_REGISTRATION', /^(open|closed)$/, '"open" or "closed"')
  // Not even a bad one is printed: there may be a password in it.
  if (!/^smtps?:\/\/[^\s/]+\/?$/.test(read('LAPIS_SMTP_URL') ?? 'smtp://none'))
    refuse('LAPIS_SMTP_URL', '…', 'smtp://user:password@host:587 or smtps://user:password@host:465')
  refuseUnless(
    read,
    'LAPIS_MAIL_FROM',
    /^[^<>@\s]+@[^<>@\s]+$|^[^<>\n]*<[^<>@\s]+@[^<>@\s]+>$/,
    '"a@b.c" or "Name <a@b.c>"',
  )
  refuseUnless(read, 'LAPIS_CORS_ORIGINS', ORIGINS_SHAPE, '"*" or origins such as https://app.example.com')
  refuseUnless(
    read,
    'LAPIS_USER_AGENT',
    /^[A-Za-z_-]+[\x20-\x7e]*$/,
    'printable ASCII that begins with a product token',
  )
  refuseUnless(read, 'LAPIS_TEST_QUEUE_MISCHIEF', /^(0(\.\d+)?|1)$/, 'a share from 0 to 1')
  for (const name of COUNTS) refuseUnless(read, name, /^\d{1,9}$/, 'a whole number; 0 for no limit')
  parseNetworks('LAPIS_TRUSTED_PROXIES', read('LAPIS_TRUSTED_PROXIES') ?? '')
  const given = FOR_WORKER.map((name) => [name, read(name)] as const)
  return {
    ...Object.fromEntries(given.filter((pair): pair is readonly [string, string] => pair[1] !== undefined)),
    LAPIS_USER_AGENT: read('LAPIS_USER_AGENT') ?? '',
    LAPIS_TEST_CLOCK_SPEED: parseClockSpeed(read('LAPIS_TEST_CLOCK_SPEED') ?? '1'),
  }
}

function refuseUnless(read: (name: string) => string | undefined, name: string, shape: RegExp, allowed: string): void {
  const value = read(name)
  if (value !== undefined && !shape.test(value)) refuse(name, value, allowed)
}

function parseHost(value: string): string {
  const bare = value.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) === 0 && !HOST_SHAPE.test(bare)) refuse('LAPIS_HOST', value, 'an IP address or a host name')
  return bare
}

function parsePort(value: string): number {
  const port = Number(value)
  if (!/^\d{1,5}$/.test(value) || port > 65_535)
    refuse('LAPIS_PORT', value, 'a port from 1 to 65535, or 0 for any free one')
  return port
}

function parsePublicUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const url = URL.parse(value)
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash
  if (!isPlain) return refuse('LAPIS_PUBLIC_URL', value, 'an http or https URL without user, query and fragment')
  return url.href.replace(/\/+$/, '')
}

function parseDatabaseUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const url = URL.parse(value)
  const isPostgres = url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1
  if (!isPostgres) refuse('DATABASE_URL', withoutPassword(value), 'postgres://user:password@host:port/database')
  return value
}

function parseApiKey(value: string | undefined): string | undefined {
  // Not even a bad key is printed: it may be a good one with a typo.
  if (value !== undefined && !KEY_SHAPE.test(value)) {
    refuse('LAPIS_API_KEY', '…', '"lps_" and 16 to 200 letters, digits, "_" or "-"')
  }
  return value
}

function parseSecrets(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && !SECRETS_SHAPE.test(value)) {
    refuse(name, '…', 'printable ASCII, 32 characters or more; "new,old" while it is changed')
  }
  return value
}

function parseRenderer(value: string | undefined, token: string | undefined): Settings['renderer'] {
  if (value === undefined) return undefined
  const url = URL.parse(value)
  const isPlain = url?.protocol === 'http:' && !url.username && url.pathname === '/' && !url.search && !url.hash
  if (!isPlain) return refuse('LAPIS_RENDERER_URL', value, 'http://host:port, in a network of your own')
  if (token === undefined) return refuse('LAPIS_RENDERER_TOKEN', '', "the renderer's token, beside LAPIS_RENDERER_URL")
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port) || 80, token }
}

function parseClockSpeed(value: string): string {
  const speed = Number(value)
  if (!(speed >= 1 && speed <= 1_000_000)) refuse('LAPIS_TEST_CLOCK_SPEED', value, 'a number from 1 to 1000000')
  return value
}

function parseNetworks(name: string, value: string): string[] {
  return value
    .split(/[\s,]+/)
    .filter((cidr) => cidr !== '')
    .map((cidr) => {
      if (!isCidr(cidr)) refuse(name, cidr, 'CIDRs such as 127.0.0.0/8 or fd00::/8')
      return cidr
    })
}

/** Host bits beyond the prefix are tolerated, as in `10.1.2.3/8`: workerd masks them too. */
function isCidr(value: string): boolean {
  const [address = '', bits = '', ...more] = value.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(bits)) return false
  return Number(bits) <= (family === 4 ? 32 : 128)
}

function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]*@/, ':…@')
}

function refuse(name: string, value: string, allowed: string): never {
  throw new StartFault(`${name} is "${value}"; allowed: ${allowed}`)
}
