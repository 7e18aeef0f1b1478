import { exports } from 'cloudflare:workers'
import { expect, vi } from 'vitest'

export interface Crawl {
  id: string
  status: string
  counts: Record<string, number>
  changes?: Record<string, number | null>
  options: Record<string, unknown>
}

/** Calls the API and expects success. */
export async function call<Said>(key: string, path: string, body?: unknown): Promise<Said> {
  const response = await send(key, path, body)
  expect(response.status, await response.clone().text()).toBeLessThan(300)
  return response.json<Said>()
}

export function send(key: string, path: string, body?: unknown): Promise<Response> {
  return exports.default.fetch(`http://lapis.test${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

export async function completed(key: string, id: string): Promise<Crawl> {
  return vi.waitFor(
    async () => {
      const crawl = await call<Crawl>(key, `/v1/crawls/${id}`)
      expect(crawl.status).toBe('completed')
      return crawl
    },
    { timeout: 15_000, interval: 200 },
  )
}
