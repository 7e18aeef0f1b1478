import { Parser } from 'htmlparser2'
import { hydrate } from './hydrate.ts'

/** Data that a page carries for its scripts. */
export interface DataIsland {
  kind: Exclude<IslandKind, 'json_ld'>
  value: unknown
}

export type IslandKind = 'next' | 'nuxt' | 'remix' | 'state' | 'json_ld'

/** What a source has besides its content. */
export interface Islands {
  /** Of the page: `<title>`, `og:title`. */
  titles: string[]
  islands: DataIsland[]
  /** JSON-LD for search engines, as written. */
  jsonLd: string[]
}

const MOST_CHARACTERS = 5_000_000
/** `window.__NAME__ = {…}`, as Remix, Redux, Apollo and many others write their state, where that is JSON. */
const ASSIGNED =
  /^\s*(?:window|globalThis|self)\s*(?:\.\s*(__\w+)|\[\s*["'](__\w+)["']\s*\])\s*=\s*(\{[\s\S]*\})\s*;?\s*$/

/** A page's islands, in document order. Total: what is no JSON is left out. */
export function dataIslands(source: string): Islands {
  const found: Islands = { titles: [], islands: [], jsonLd: [] }
  let read: { name: string; attributes: Readonly<Record<string, string>>; text: string } | undefined
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'script' || name === 'title') read = { name, attributes, text: '' }
      const { property, content } = attributes
      if (name === 'meta' && property === 'og:title' && content !== undefined) found.titles.push(content)
    },
    ontext: (text) => {
      if (read) read.text += text
    },
    onclosetag: (name) => {
      if (!read || name !== read.name) return
      if (name === 'title') found.titles.push(read.text)
      else noteScript(found, read.attributes, read.text)
      read = undefined
    },
  })
  parser.end(source.slice(0, MOST_CHARACTERS))
  found.titles = found.titles.filter((title) => title.trim() !== '')
  return found
}

function noteScript(
  found: Islands,
  { type = '', ...attributes }: Readonly<Record<string, string>>,
  text: string,
): void {
  if (/ld\+json/i.test(type)) found.jsonLd.push(text)
  else {
    const island = /\bjson\b/i.test(type) ? framework(attributes, text) : assigned(text)
    if (island) found.islands.push(island)
  }
}

function framework(attributes: Readonly<Record<string, string>>, text: string): DataIsland | undefined {
  if (attributes['id'] === '__NEXT_DATA__') return islandOf('next', text)
  if (attributes['id'] !== '__NUXT_DATA__' && attributes['data-nuxt-data'] === undefined) return undefined
  const island = islandOf('nuxt', text)
  return island && { ...island, value: hydrate(island.value) }
}

function assigned(text: string): DataIsland | undefined {
  const [, dotted, quoted, json] = ASSIGNED.exec(text) ?? []
  const name = dotted ?? quoted ?? ''
  if (json === undefined) return undefined
  return islandOf(name.startsWith('__NUXT') ? 'nuxt' : /^__remix/i.test(name) ? 'remix' : 'state', json)
}

function islandOf(kind: DataIsland['kind'], json: string): DataIsland | undefined {
  try {
    return { kind, value: JSON.parse(json) as unknown }
  } catch {
    return undefined
  }
}
