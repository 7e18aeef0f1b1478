import { readFileSync } from 'node:fs'
import { createRequire, findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** An extractor that others use, reading the same page in the same process. */
export interface Peer {
  name: string
  /** HTML of the main content, '' for none. */
  extract(html: string, url: string): Promise<string>
  /** What it takes for the page's title, author and date, where it tells them; throws where it fails. */
  facts?(html: string): PeerFacts
}

export interface PeerFacts {
  title?: string | null | undefined
  author?: string | null | undefined
  date?: string | null | undefined
}

interface LinkedDom {
  parseHTML(html: string): { document: unknown }
}
interface Article {
  content?: string | null
  title?: string | null
  byline?: string | null
  publishedTime?: string | null
}
interface Readability {
  Readability: new (document: unknown) => { parse(): Article | null }
}
interface Defuddle {
  Defuddle(document: unknown, url: string, options: { useAsync: boolean }): Promise<{ content?: string }>
}

/** Those that are installed below `folder`: `@mozilla/readability` and `defuddle`, both over `linkedom`. */
export async function installedPeers(folder: string): Promise<Peer[]> {
  const linkedom = await installed<LinkedDom>(folder, 'linkedom')
  if (!linkedom) return []
  const peers: Peer[] = []
  const readability = await installed<Readability>(folder, '@mozilla/readability')
  if (readability) {
    const extract = (html: string) => new readability.Readability(linkedom.parseHTML(html).document).parse()
    const facts = (html: string) => {
      const { title, byline, publishedTime } = extract(html) ?? {}
      return { title, author: byline, date: publishedTime }
    }
    peers.push({ name: 'readability', extract: (html) => Promise.resolve(extract(html)?.content ?? ''), facts })
  }
  const defuddle = await installed<Defuddle>(folder, 'defuddle/node')
  if (defuddle) {
    const extract = (html: string, url: string) =>
      defuddle.Defuddle(linkedom.parseHTML(html).document, url, { useAsync: false })
    peers.push({ name: 'defuddle', extract: async (html, url) => (await extract(html, url)).content ?? '' })
  }
  return peers
}

async function installed<Module>(folder: string, name: string): Promise<Module | undefined> {
  const base = pathToFileURL(join(folder, 'package.json'))
  const path = forRequire(base, name) ?? forImport(base, name)
  return path === undefined ? undefined : ((await import(pathToFileURL(path).href)) as Module)
}

function forRequire(base: URL, name: string): string | undefined {
  try {
    return createRequire(base).resolve(name)
  } catch {
    return undefined
  }
}

/** What `package/entry` is where the package can only be imported. */
function forImport(base: URL, name: string): string | undefined {
  const [own = '', entry = ''] = name.split('/')
  const file = packageFile(base, own)
  if (file === undefined) return undefined
  const { exports }: { exports?: Record<string, { import?: string }> } = JSON.parse(readFileSync(file, 'utf8'))
  const path = exports?.[`./${entry}`]?.import
  return path === undefined ? undefined : join(dirname(file), path)
}

function packageFile(base: URL, name: string): string | undefined {
  try {
    return findPackageJSON(name, base)
  } catch {
    return undefined
  }
}
