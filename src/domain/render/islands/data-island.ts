import { Parser } from 'htmlparser2'
import { hydrate } from './hydrate.ts'

/** Data that a page carries for its scripts, or for search engines. */
export interface DataIsland {
  kind: IslandKind
  value: unknown
}

export type IslandKind = 'next' | 'nuxt' | 'remix' | 'state' | 'json_ld'

const MOST_CHARACTERS = 5_000_000
/** `window.__NAME__ = {…}`, as Remix, Redux, Apollo and many others write their state, where that is JSON. */
const ASSIGNED =
  /^\s*(?:window|globalThis|self)\s*(?:\.\s*(__\w+)|\[\s*["'](__\w+)["']\s*\])\s*=\s*(\{[\s\S]*\})\s*;?\s*$/

/** All of a page's islands, in document order. Total: what is no JSON is left out. */
export function dataIslands(source: string): DataIsland[] {
  const found: DataIsland[] = []
  let script: { attributes: Readonly<Record<string, string>>; text: string } | undefined
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'script') script = { attributes, text: '' }
    },
    ontext: (text) => {
      if (script) script.text += text
    },
    onclosetag: (name) => {
      if (name !== 'script' || !script) return
      const island = islandOf(script.attributes, script.text)
      if (island) found.push(island)
      script = undefined
    },
  })
  parser.end(source.slice(0, MOST_CHARACTERS))
  return found
}

function islandOf(attributes: Readonly<Record<string, string>>, text: string): DataIsland | undefined {
  const { type = '', id = '' } = attributes
  if (/\bjson\b/i.test(type)) {
    const value = parsed(text)
    if (value === undefined) return undefined
    if (id === '__NEXT_DATA__') return { kind: 'next', value }
    if (id === '__NUXT_DATA__' || attributes['data-nuxt-data'] !== undefined)
      return { kind: 'nuxt', value: hydrate(value) }
    return { kind: /ld\+json/i.test(type) ? 'json_ld' : 'state', value }
  }
  const [, dotted, quoted, json] = ASSIGNED.exec(text) ?? []
  const value = json === undefined ? undefined : parsed(json)
  if (value === undefined) return undefined
  const name = dotted ?? quoted ?? ''
  return { kind: name.startsWith('__NUXT') ? 'nuxt' : /^__remix/i.test(name) ? 'remix' : 'state', value }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
