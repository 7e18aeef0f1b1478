import { type Visitor, userAgentOf, visitorHeaders } from '../domain/render/visitor.ts'
import { type DownloadRequest, type HopOutcome, download } from '../net/download.ts'
import type { Platform } from './platform.ts'

/** What one fetch wants; how we appear to the web and what of it we may reach is the platform's. */
export interface HopWish extends Omit<DownloadRequest, 'userAgent' | 'allowedNetworks' | 'explain'> {
  /** As whom: a page may differ by that. */
  visitor?: Visitor
}

export function fetchHop({ net }: Platform, { visitor = {}, ...wish }: HopWish): Promise<HopOutcome> {
  const { allowedNetworks, explain } = net
  const headers = { ...visitorHeaders(visitor, wish.headers), ...wish.headers }
  return download({ ...wish, headers, userAgent: userAgentOf(net.userAgent, visitor), allowedNetworks, explain })
}
