import { productTokenOf } from '../src/domain/robots/product-token.ts'
import { type Cidr, parseCidr } from '../src/domain/fetch/cidr.ts'
import type { Quotas } from '../src/flows/usage/quota.ts'
import { type MailServer, mailServerOf } from '../src/notify/smtp.ts'
import type { Env } from './env.ts'

export interface Config {
  version: string
  publicUrl: string
  userAgent: string
  /** RFC 9309 §2.2.1: what robots.txt knows us as. */
  productToken: string
  allowedNetworks: string[]
  tokenSecrets: string[]
  encryptionSecrets: string[]
  isRegistrationOpen: boolean
  /** `off` runs without a browser. */
  rendering: 'auto' | 'off'
  /** Containers that may render at a time, at Cloudflare. */
  rendererInstances: number
  mailServer: MailServer | undefined
  /** Whose pages may call the API from a browser; "*" for all. */
  corsOrigins: string[]
  clockSpeed: number
  limits: Limits
  quotas: Quotas
  /** What /metrics is closed with; undefined: open. */
  metricsToken: string | undefined
  /** Whose X-Forwarded-For is believed. */
  trustedProxies: Cidr[]
}

/** Calls per minute, registrations per hour; 0: no limit. */
export interface Limits {
  perKey: number
  perWorkspace: number
  /** Before it is known who calls. */
  perAddress: number
  /** From one address. */
  registrations: number
}

const VERSION = '0.1.0'
const MIN_SECRET_CHARACTERS = 32

/** Half of what an isolate can answer to one key, and a burst of a minute's worth: docs/security.md has the reasons. */
const PER_KEY = 30_000
const PER_ADDRESS = 3_000
const REGISTRATIONS = 300

/** Reads the Worker's variables once. Empty means default, because wrangler has no unset variables. */
export function readConfig(env: Env, requestUrl?: string): Config {
  const version = env.LAPIS_VERSION || VERSION
  const publicUrl = (env.LAPIS_PUBLIC_URL || (requestUrl ? new URL(requestUrl).origin : '')).replace(/\/$/, '')
  const userAgent = env.LAPIS_USER_AGENT || `LapisSpider/${version} (+${publicUrl}/bot)`
  const productToken = productTokenOf(userAgent)
  if (!productToken)
    throw new Error(`LAPIS_USER_AGENT is "${userAgent}"; it must begin with a product token of letters, "_" or "-"`)
  return {
    version,
    publicUrl,
    userAgent,
    productToken,
    allowedNetworks: listed(env.LAPIS_ALLOW_PRIVATE_NETWORKS),
    tokenSecrets: secretsOf('LAPIS_TOKEN_SECRET', env.LAPIS_TOKEN_SECRET),
    encryptionSecrets: secretsOf('LAPIS_ENCRYPTION_SECRET', env.LAPIS_ENCRYPTION_SECRET),
    isRegistrationOpen: env.LAPIS_REGISTRATION !== 'closed',
    rendering: env.LAPIS_RENDER === 'off' ? 'off' : 'auto',
    rendererInstances: count('LAPIS_RENDERER_INSTANCES', env.LAPIS_RENDERER_INSTANCES, 1),
    mailServer: mailServer(env, publicUrl),
    corsOrigins: listed(env.LAPIS_CORS_ORIGINS),
    clockSpeed: Number(env.LAPIS_TEST_CLOCK_SPEED) || 1,
    limits: readLimits(env),
    quotas: {
      pages: count('LAPIS_QUOTA_PAGES', env.LAPIS_QUOTA_PAGES, 0),
      renders: count('LAPIS_QUOTA_RENDERS', env.LAPIS_QUOTA_RENDERS, 0),
      checks: count('LAPIS_QUOTA_CHECKS', env.LAPIS_QUOTA_CHECKS, 0),
    },
    metricsToken: env.LAPIS_METRICS_TOKEN || undefined,
    trustedProxies: readProxies(env.LAPIS_TRUSTED_PROXIES),
  }
}

function readLimits(env: Env): Limits {
  const perKey = count('LAPIS_RATE_LIMIT', env.LAPIS_RATE_LIMIT, PER_KEY)
  return {
    perKey,
    perWorkspace: count('LAPIS_RATE_LIMIT_WORKSPACE', env.LAPIS_RATE_LIMIT_WORKSPACE, 2 * perKey),
    perAddress: count('LAPIS_RATE_LIMIT_ADDRESS', env.LAPIS_RATE_LIMIT_ADDRESS, PER_ADDRESS),
    registrations: count('LAPIS_REGISTRATION_LIMIT', env.LAPIS_REGISTRATION_LIMIT, REGISTRATIONS),
  }
}

function count(name: string, value: string | undefined, otherwise: number): number {
  if (!value) return otherwise
  if (!/^\d{1,9}$/.test(value)) throw new Error(`${name} is "${value}"; give a whole number, 0 for no limit`)
  return Number(value)
}

function readProxies(value: string | undefined): Cidr[] {
  return listed(value).map((text) => {
    const cidr = parseCidr(text)
    if (!cidr) throw new Error(`LAPIS_TRUSTED_PROXIES has "${text}"; give CIDRs such as 127.0.0.1/32`)
    return cidr
  })
}

function mailServer({ LAPIS_SMTP_URL: url, LAPIS_MAIL_FROM: from }: Env, publicUrl: string): MailServer | undefined {
  if (!url) return undefined
  const host = URL.parse(publicUrl)?.hostname ?? 'localhost'
  const server = mailServerOf(url, from || `Lapis Spider <lapis-spider@${host}>`)
  // Not told: there may be a password in it.
  if (!server) throw new Error('LAPIS_SMTP_URL is none; give smtp://… or smtps://user:password@host:port')
  return server
}

function listed(value: string | undefined): string[] {
  return (value ?? '').split(/[\s,]+/).filter((item) => item !== '')
}

/** One, or several while an older one is on its way out: "new,old". A short one could be guessed. */
function secretsOf(name: string, value: string | undefined): string[] {
  const secrets = listed(value)
  if (secrets.some((secret) => secret.length < MIN_SECRET_CHARACTERS))
    throw new Error(`${name} has a secret of less than ${MIN_SECRET_CHARACTERS} characters`)
  return secrets
}
