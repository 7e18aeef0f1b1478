import { productTokenOf } from '../src/domain/robots/product-token.ts'
import type { Env } from './env.ts'

export interface Config {
  version: string
  publicUrl: string
  userAgent: string
  /** RFC 9309 §2.2.1: what robots.txt knows us as. */
  productToken: string
  allowedNetworks: string[]
}

const VERSION = '0.1.0'

/** Reads the Worker's variables once. Empty means default, because wrangler has no unset variables. */
export function readConfig(env: Env, requestUrl?: string): Config {
  const version = env.LAPIS_VERSION || VERSION
  const publicUrl = (env.LAPIS_PUBLIC_URL || (requestUrl ? new URL(requestUrl).origin : '')).replace(/\/$/, '')
  const userAgent = env.LAPIS_USER_AGENT || `LapisSpider/${version} (+${publicUrl}/bot)`
  const productToken = productTokenOf(userAgent)
  if (!productToken)
    throw new Error(`LAPIS_USER_AGENT is "${userAgent}"; it must begin with a product token of letters, "_" or "-"`)
  const allowedNetworks = (env.LAPIS_ALLOW_PRIVATE_NETWORKS ?? '').split(/[\s,]+/).filter((cidr) => cidr !== '')
  return { version, publicUrl, userAgent, productToken, allowedNetworks }
}
