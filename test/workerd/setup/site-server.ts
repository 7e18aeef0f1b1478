import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { TestProject } from 'vitest/node'
import { type Routes, StandInSite } from './site.ts'
import '../provided.d.ts'

/**
 * Opens real web sites on loopback addresses for tests that run inside workerd and can't listen themselves.
 * `POST /` with routes opens a site; `PUT /<id>` replaces its routes; `GET /<id>` tells what was asked of it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const sites = new Map<string, StandInSite>()
  const server = createServer((request, response) => {
    const id = request.url?.slice(1) ?? ''
    void answer(sites, request.method ?? '', id, () => json(request) as Promise<Routes>).then(
      (body) => response.end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  project.provide('siteServer', `http://127.0.0.1:${await listen(server)}`)
  return async () => {
    for (const site of sites.values()) await site.close()
    server.closeAllConnections()
    server.close()
  }
}

async function answer(
  sites: Map<string, StandInSite>,
  method: string,
  id: string,
  routes: () => Promise<Routes>,
): Promise<unknown> {
  if (method === 'POST') {
    const site = await StandInSite.open(sites.size + 1, await routes())
    sites.set(String(sites.size + 1), site)
    return { id: String(sites.size), origin: site.origin }
  }
  const site = sites.get(id)
  if (!site) throw new Error(`no site ${id}`)
  if (method === 'PUT') site.routes = await routes()
  return site.requests
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
