// A loopback site for throughput, a process of its own: `big-site.ts <pages>` prints its URL. Pages of about 40 KB with 40 links.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const pages = Number(process.argv[2] ?? 1_000)
const WORDS =
  'time person year way day thing man world life hand part child eye woman place work week case point company'.split(
    ' ',
  )
const PARAGRAPHS = 60
const WORDS_EACH = 95
const LINKS = 40
/** Nothing here ever changes. */
const ETAG = '"1"'

const sentence = (seed: number): string =>
  Array.from({ length: WORDS_EACH }, (_, index) => WORDS[(seed * 7 + index * index) % WORDS.length]).join(' ')

function page(index: number): Buffer {
  const targets = Array.from({ length: LINKS }, (_, link) =>
    link < 2 ? 2 * index + link + 1 : (index * 31 + link * 977) % pages,
  )
  const links = targets
    .filter((target) => target < pages)
    .map((target) => `<li><a href="${pathOf(target)}">Page ${target}</a></li>`)
  const text = Array.from({ length: PARAGRAPHS }, (_, at) => `<p>${index}.${at} ${sentence(index + at)}.</p>`)
  const body = `<nav><ul>${links.slice(0, 20).join('')}</ul></nav><main><h1>Page ${index}</h1>${text.join('\n')}<ul>${links.slice(20).join('')}</ul></main>`
  return Buffer.from(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page ${index}</title></head><body>${body}</body></html>`,
  )
}

function pathOf(index: number): string {
  return index === 0 ? '/' : `/page-${index}`
}

const bodies = new Map(Array.from({ length: pages }, (_, index) => [pathOf(index), page(index)] as const))
const server = createServer((request, response) => {
  const body = bodies.get(request.url ?? '/')
  if (!body) response.writeHead(404, { 'content-type': 'text/plain' }).end('not here')
  else if (request.headers['if-none-match'] === ETAG) response.writeHead(304, { etag: ETAG }).end()
  else
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length, etag: ETAG })
      .end(body)
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
