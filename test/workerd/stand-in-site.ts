import { inject } from 'vitest'
import type { Routes, SiteRequest } from './setup/site.ts'

export type { Routes, SiteRequest }

export interface Site {
  /** `http://127.1.x.y:port`: an address of its own, reached through real sockets. */
  origin: string
  setRoutes(routes: Routes): Promise<void>
  /** Everything asked of it so far, in order of arrival. */
  requests(): Promise<SiteRequest[]>
}

/** Opens a web site for one test. See setup/site.ts for what it can answer. */
export async function openSite(routes: Routes): Promise<Site> {
  const server = inject('siteServer')
  const { id, origin } = await ask<{ id: string; origin: string }>('POST', server, routes)
  return {
    origin,
    setRoutes: async (next) => void (await ask('PUT', `${server}/${id}`, next)),
    requests: () => ask<SiteRequest[]>('GET', `${server}/${id}`),
  }
}

async function ask<Said>(method: string, url: string, routes?: Routes): Promise<Said> {
  const response = await fetch(url, { method, ...(routes && { body: JSON.stringify(routes) }) })
  if (!response.ok) throw new Error(`stand-in site: ${await response.text()}`)
  return response.json<Said>()
}
