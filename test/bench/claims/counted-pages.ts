import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const SITES = 250
const TEXT = 'Looms of this valley are older than the bridges, and are kept in better order. '.repeat(20)

/** Pages over 250 loopback addresses, each of which is a site of its own to the platform; counts what is fetched of them. */
export class CountedPages {
  readonly #fetched = new Map<string, number>()
  readonly #server: Server = createServer(({ url = '' }, response) => {
    if (!url.startsWith('/page/')) {
      response.writeHead(404).end()
      return
    }
    this.#fetched.set(url, (this.#fetched.get(url) ?? 0) + 1)
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<main><h1>${url}</h1><p>${TEXT}</p></main>`)
  })

  /** The addresses of so many pages. Linux answers on all of 127.0.0.0/8 to who listens everywhere. */
  async open(pages: number): Promise<string[]> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '0.0.0.0', resolve))
    const { port } = this.#server.address() as AddressInfo
    return Array.from({ length: pages }, (_, page) => `http://127.0.1.${1 + (page % SITES)}:${port}/page/${page}`)
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  get fetches(): number {
    return [...this.#fetched.values()].reduce((sum, count) => sum + count, 0)
  }

  get different(): number {
    return this.#fetched.size
  }
}
