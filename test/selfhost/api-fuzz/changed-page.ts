import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { LaunchedPlatform } from '../launched-platform.ts'

const WITHIN_MS = 30_000
const WORDS = ['Kettles are made of copper here.', 'All of the kettles were sold to a museum.']

/** Watches a page that becomes another, and returns the id of that change. */
export async function changeOn(platform: LaunchedPlatform): Promise<string> {
  let looks = 0
  const page = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    // robots.txt is asked for, too.
    const isPage = request.url === '/page'
    response.writeHead(isPage ? 200 : 404).end(isPage ? `<p>${WORDS[Math.min(looks++, 1)]}</p>` : '')
  })
  await new Promise<void>((resolve) => void page.listen(0, '127.0.0.1', resolve))
  const { port } = page.address() as AddressInfo
  const { id } = await platform.json<{ id: string }>('POST', '/v1/monitors', {
    name: 'Changes once',
    url: `http://127.0.0.1:${port}/page`,
    schedule: { every: '1d' },
    enabled: false,
  })
  await nthOf(platform, id, 'checks', 1)
  const change = await nthOf(platform, id, 'changes', 1)
  page.closeAllConnections()
  page.close()
  return change
}

/** Has a monitor checked, and waits until it has so many checks or changes. */
async function nthOf(platform: LaunchedPlatform, id: string, what: string, count: number): Promise<string> {
  await platform.json('POST', `/v1/monitors/${id}/check`)
  const deadline = performance.now() + WITHIN_MS
  while (performance.now() < deadline) {
    const found = await platform.all<{ id: string }>(`/v1/monitors/${id}/${what}`)
    if (found.length >= count && found[0]) return found[0].id
    await pause(50)
  }
  throw new Error(`no ${what} of monitor ${id} within ${WITHIN_MS} ms\n${platform.output}`)
}
