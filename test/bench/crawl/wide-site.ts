// Loopback sites for scale, a process of its own: `wide-site.ts <pages> <hosts>` prints the start URL. Pages of about 8 KB with 20
// links, spread over 127.0.1.1, 127.0.1.2, …, each of which is a registrable domain of its own to the frontier.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const pages = Number(process.argv[2] ?? 20_000)
const hosts = Number(process.argv[3] ?? 1)
const LINKS = 20
const TEXT = 'A paragraph of a page that is read in a crawl of many pages, as long as paragraphs are. '.repeat(6)

const addressOf = (page: number): string =>
  `127.0.${1 + Math.floor((page % hosts) / 250)}.${1 + ((page % hosts) % 250)}`

function body(index: number, port: number): string {
  const targets = Array.from({ length: LINKS }, (_, link) =>
    link < 2 ? 2 * index + link + 1 : (index * 31 + link * 977) % pages,
  )
  const links = targets
    .filter((target) => target < pages)
    .map((target) => `<li><a href="http://${addressOf(target)}:${port}/page-${target}">Page ${target}</a></li>`)
  const text = Array.from({ length: 12 }, (_, at) => `<p>${index}.${at} ${TEXT}</p>`).join('')
  return `<!doctype html><html lang="en"><title>Page ${index}</title><body><nav><ul>${links.join('')}</ul></nav><main><h1>Page ${index}</h1>${text}</main></body></html>`
}

// Linux answers on all of 127.0.0.0/8 to who listens everywhere; only loopback asks.
const server = createServer((request, response) => {
  const index = Number(/^\/page-(\d+)$/.exec(request.url ?? '')?.[1] ?? Number.NaN)
  const { localPort = 0, remoteAddress = '' } = request.socket
  if (!/127\./.test(remoteAddress) || !(index < pages)) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
    return
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body(index, localPort))
})
server.listen(0, '0.0.0.0', () =>
  console.log(`http://${addressOf(0)}:${(server.address() as AddressInfo).port}/page-0`),
)
