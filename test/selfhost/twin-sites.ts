import { mkdtempSync, rmSync } from 'node:fs'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

const SOURCE = fileURLToPath(new URL('../fixtures/apps/minerals/', import.meta.url))
const SHELL =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Minerals</title></head><body><div id="root"></div><script type="module" src="/assets/browser.js"></script></body></html>'

interface Mineral {
  slug: string
  name: string
  colour: string
}

type AtHand = (path: string) => unknown

/** One application, sent twice: as a shell whose scripts write every page, and as pages that the server has written. */
export interface TwinSites {
  singlePage: string
  serverRendered: string
  close(): void
}

/** Builds the React application of test/fixtures/apps/minerals, and serves it on two origins. */
export async function startTwinSites(): Promise<TwinSites> {
  const folder = mkdtempSync(join(tmpdir(), 'lapis-twins-'))
  const require = createRequire(import.meta.url)
  const minerals = require(`${SOURCE}minerals.json`) as Mineral[]
  const common: BuildOptions = { bundle: true, jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' } }
  const [inBrowser] = await Promise.all([
    build({
      ...common,
      entryPoints: [`${SOURCE}browser.jsx`],
      format: 'esm',
      splitting: true,
      minify: true,
      outdir: 'assets',
      write: false,
    }),
    build({
      ...common,
      entryPoints: [`${SOURCE}server.jsx`],
      format: 'cjs',
      platform: 'node',
      outdir: folder,
      outExtension: { '.js': '.cjs' },
    }),
  ])
  const { page } = require(join(folder, 'server.cjs')) as { page: (at: string, atHand: AtHand) => Promise<string> }
  const assets = new Map(inBrowser.outputFiles.map(({ path, contents }) => [/assets\/.*$/.exec(path)?.[0], contents]))
  const atHand: AtHand = (path) => answerOf(path, minerals)

  const singlePage = createServer(({ url = '/' }, response) => {
    const asset = assets.get(url.slice(1))
    if (asset) send(response, 'text/javascript', asset)
    else if (url.startsWith('/api/')) send(response, 'application/json', JSON.stringify(atHand(url)))
    else send(response, 'text/html', SHELL)
  })
  const serverRendered = createServer((request: IncomingMessage, response) => {
    void page(request.url ?? '/', atHand).then((html) => send(response, 'text/html', html))
  })
  const urls = await Promise.all([singlePage, serverRendered].map(listening))
  return {
    singlePage: urls[0] ?? '',
    serverRendered: urls[1] ?? '',
    close: () => {
      singlePage.close()
      serverRendered.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function answerOf(path: string, minerals: readonly Mineral[]): unknown {
  if (path === '/api/minerals') return minerals.map(({ slug, name, colour }) => ({ slug, name, colour }))
  return minerals.find(({ slug }) => path === `/api/minerals/${slug}`)
}

function send(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.writeHead(200, { 'content-type': type }).end(body)
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}
