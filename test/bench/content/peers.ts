import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** An extractor that others use, reading the same page in the same process. */
export interface Peer {
  name: string
  /** HTML of the main content, '' for none. */
  extract(html: string, url: string): Promise<string>
}

interface LinkedDom {
  parseHTML(html: string): { document: unknown }
}
interface Readability {
  Readability: new (document: unknown) => { parse(): { content?: string } | null }
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
    peers.push({ name: 'readability', extract: (html) => Promise.resolve(extract(html)?.content ?? '') })
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
  const path = resolved(folder, name)
  return path === undefined ? undefined : ((await import(pathToFileURL(path).href)) as Module)
}

function resolved(folder: string, name: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(name)
  } catch {
    return undefined
  }
}
