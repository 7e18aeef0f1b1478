import type { Gain } from '../../domain/render/site-memory.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import type { Platform } from '../platform.ts'

/** What rendering has brought on sites: their frontiers know, for everybody. */
export interface SiteRecords {
  pays(url: string): Promise<boolean>
  note(url: string, gain: Gain): Promise<void>
}

/** So long an answer holds in this isolate: what another one learns meanwhile costs a few renders. */
const HOLDS_MS = 10 * 60_000
const MOST_HOSTS = 1_000
const answers = new Map<string, { pays: boolean; until: number }>()

export function siteRecords(platform: Platform): SiteRecords {
  const now = (): number => platform.now().getTime()
  const frontierOf = (url: string) => platform.frontier(registrableDomain(url))
  const keep = (host: string, pays: boolean): boolean => {
    if (answers.size >= MOST_HOSTS && !answers.has(host)) answers.clear()
    answers.set(host, { pays, until: now() + HOLDS_MS })
    return pays
  }
  return {
    pays: async (url) => {
      const { host } = new URL(url)
      const known = answers.get(host)
      if (known && known.until > now()) return known.pays
      return keep(host, await frontierOf(url).renderingPays(host))
    },
    note: async (url, gain) => {
      const { host } = new URL(url)
      keep(host, await frontierOf(url).noteRender(host, gain))
    },
  }
}
