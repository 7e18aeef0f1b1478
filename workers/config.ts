import { productTokenOf } from '../src/domain/robots/product-token.ts'
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
  mailServer: MailServer | undefined
  /** Whose pages may call the API from a browser; "*" for all. */
  corsOrigins: string[]
  clockSpeed: number
}

const VERSION = '0.1.0'
const MIN_SECRET_CHARACTERS = 32

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
    mailServer: mailServer(env, publicUrl),
    corsOrigins: listed(env.LAPIS_CORS_ORIGINS),
    clockSpeed: Number(env.LAPIS_TEST_CLOCK_SPEED) || 1,
  }
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
