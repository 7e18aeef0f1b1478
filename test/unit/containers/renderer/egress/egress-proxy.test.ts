import { request } from 'node:http'
import { type AddressInfo, type Server, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EgressProxy, startEgressProxy } from '../../../../../containers/renderer/egress/egress-proxy.ts'
import { throughUpstream } from '../../../../../containers/renderer/egress/through-upstream.ts'
import { type WayOut, directly } from '../../../../../containers/renderer/egress/way-out.ts'

const TOKEN = 'known-to-both'
const LOOPBACK = { allowedNetworks: ['127.0.0.2/32'], isOwnPort: () => false }
const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello'

let site: Server
let sitePort: number
const proxies: EgressProxy[] = []
const said: string[] = []

beforeAll(async () => {
  // Answers before it is asked, as hasty servers do: nothing of that may be lost on the way.
  site = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.write(ANSWER)
    socket.resume()
  })
  await new Promise<void>((resolve) => void site.listen(0, '127.0.0.2', resolve))
  sitePort = (site.address() as AddressInfo).port
})

afterAll(() => {
  for (const proxy of proxies) proxy.close()
  site.close()
})

async function proxy(wayOut: WayOut, more: { token?: string; mostBytes?: number } = {}): Promise<number> {
  const listen = { host: '127.0.0.1', port: 0 }
  const started = await startEgressProxy({ wayOut, listen, mostBytes: 1e6, mostSockets: 10, ...more })
  proxies.push(started)
  return started.port
}

async function chained(token: string): Promise<number> {
  const port = await proxy(directly(LOOPBACK), { token: TOKEN })
  return proxy(throughUpstream({ host: '127.0.0.1', port, token }, (line) => said.push(line)))
}

function plain(port: number, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path: url, agent: false }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => (body += String(chunk)))
      answer.once('error', () => resolve(`cut off after ${body}`))
      answer.once('end', () => resolve(`${answer.statusCode} ${answer.headers['x-lapis-egress'] ?? body}`))
    })
    asking.once('error', reject)
    asking.end()
  })
}

function tunnelled(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method: 'CONNECT', path: target, agent: false })
    asking.once('connect', (answer, socket, head) => {
      let body = ''
      socket.on('data', (chunk) => {
        body += String(chunk)
        if (body.endsWith('hello')) socket.destroy()
      })
      socket.unshift(head)
      socket.once('close', () => resolve(`${answer.statusCode} ${answer.headers['x-lapis-egress'] ?? body.slice(-5)}`))
    })
    asking.once('error', reject)
    asking.end()
  })
}

describe.each([
  ['a proxy that goes out by itself', () => proxy(directly(LOOPBACK))],
  ['a proxy before another one', () => chained(TOKEN)],
])('%s', (_, start) => {
  it('brings what a site answers, even before it is asked', async () => {
    const port = await start()
    expect(await plain(port, `http://127.0.0.2:${sitePort}/`)).toBe('200 hello')
    expect(await tunnelled(port, `127.0.0.2:${sitePort}`)).toBe('200 hello')
  })

  it('says why it brings nothing', async () => {
    const port = await start()
    expect(await plain(port, `http://127.0.0.1:${sitePort}/`)).toBe('403 address_not_allowed')
    expect(await tunnelled(port, `[::1]:${sitePort}`)).toBe('403 address_not_allowed')
    expect(await tunnelled(port, '127.0.0.2:1')).toBe('403 address_not_allowed')
    expect(await tunnelled(port, '127.0.0.2:65000')).toBe('502 connection_failed')
    expect(await plain(port, 'ftp://127.0.0.2/')).toBe('400 bad_request')
    expect(await plain(port, '/')).toBe('400 bad_request')
  })
})

describe('a proxy with a token', () => {
  it('serves nobody without it', async () => {
    const port = await proxy(directly(LOOPBACK), { token: TOKEN })
    expect(await plain(port, `http://127.0.0.2:${sitePort}/`)).toBe('407 unauthorized')
    expect(await tunnelled(port, `127.0.0.2:${sitePort}`)).toBe('407 unauthorized')
  })

  it('is told of once where the token is another one', async () => {
    const port = await chained('another')
    for (let time = 0; time < 2; time++)
      expect(await plain(port, `http://127.0.0.2:${sitePort}/`)).toBe('407 unauthorized')
    expect(said.filter((line) => line.includes('LAPIS_RENDERER_TOKEN'))).toHaveLength(1)
  })
})

it('no more is received than one session may', async () => {
  const endless = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const more = (): void => {
      while (socket.write('x'.repeat(10_000))) if (socket.destroyed) return
    }
    socket.on('drain', more)
    more()
  })
  await new Promise<void>((resolve) => void endless.listen(0, '127.0.0.2', resolve))
  const url = `http://127.0.0.2:${(endless.address() as AddressInfo).port}/`
  const port = await proxy(directly(LOOPBACK), { mostBytes: 100_000 })
  expect(await plain(port, url)).toMatch(/^cut off after x+$/)
  expect(await plain(port, url)).toBe('429 too_much')
  endless.close()
})
