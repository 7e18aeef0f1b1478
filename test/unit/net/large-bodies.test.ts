import { once } from 'node:events'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HopOutcome, download } from '../../../src/net/download.ts'
import { LARGE_BODY_BYTES, LargeBodyTurn } from '../../../src/net/large-body-turn.ts'

const LARGE = Buffer.alloc(2 * LARGE_BODY_BYTES, 'large ')
const TIMEOUT_MS = 400

let server: Server
let origin: string

beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    if (request.url === '/declared') response.setHeader('content-length', LARGE.byteLength)
    response.write(request.url === '/small' ? 'small' : LARGE)
    // A body that never ends, to see that the clock runs again after a turn.
    if (request.url !== '/endless') response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function fetched(path: string, largeBodyTurn: LargeBodyTurn): Promise<HopOutcome> {
  return download({
    url: `${origin}${path}`,
    headers: {},
    userAgent: 'test',
    timeoutMs: TIMEOUT_MS,
    maxBytes: 10_000_000,
    allowedNetworks: ['127.0.0.0/8'],
    explain: async () => ({ fault: 'connection_failed', detail: '' }),
    readableOnly: true,
    largeBodyTurn,
  })
}

it.each(['/declared', '/chunked'])('a large body (%s) waits until the one before it is done with', async (path) => {
  const [first, second] = [new LargeBodyTurn(), new LargeBodyTurn()]
  expect(await fetched(path, first)).toMatchObject({ kind: 'response', body: { byteLength: LARGE.byteLength } })
  let arrived = false
  const waiting = fetched(path, second).finally(() => (arrived = true))
  // Longer than the fetch may take: the wait is ours and not the site's.
  await pause(2 * TIMEOUT_MS)
  expect(arrived).toBe(false)
  first.end()
  expect(await waiting).toMatchObject({ kind: 'response', body: { byteLength: LARGE.byteLength } })
  second.end()
})

it('a small body waits for nobody', async () => {
  const [first, second] = [new LargeBodyTurn(), new LargeBodyTurn()]
  await fetched('/declared', first)
  expect(await fetched('/small', second)).toMatchObject({ kind: 'response' })
  first.end()
})

it('time that the site spends counts, before a turn and after it', async () => {
  const turn = new LargeBodyTurn()
  expect(await fetched('/endless', turn)).toMatchObject({ kind: 'fault', fault: 'timeout' })
  turn.end()
})

it('a turn that is taken twice is one turn, and ended once', async () => {
  const turn = new LargeBodyTurn()
  await turn.take()
  await turn.take()
  turn.end()
  await expect(new LargeBodyTurn().take()).resolves.toBeUndefined()
})
