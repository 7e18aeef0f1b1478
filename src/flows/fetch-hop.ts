import { type DownloadRequest, type HopOutcome, download } from '../net/download.ts'
import type { Platform } from './platform.ts'

/** What one fetch wants; how we appear to the web and what of it we may reach is the platform's. */
export type HopWish = Omit<DownloadRequest, 'userAgent' | 'allowedNetworks' | 'explain'>

export function fetchHop({ net }: Platform, wish: HopWish): Promise<HopOutcome> {
  const { userAgent, allowedNetworks, explain } = net
  return download({ ...wish, userAgent, allowedNetworks, explain })
}
