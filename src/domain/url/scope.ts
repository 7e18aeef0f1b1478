import { getDomain } from 'tldts'
import { type PathPattern, compilePattern } from './path-pattern.ts'
import { trap } from './trap.ts'
import { hostOf, pathAndQueryOf } from './url-parts.ts'

export { validatePattern } from './path-pattern.ts'

/** Which URLs belong to a crawl. */
export interface CrawlScope {
  /** Hosts (with their port if it is not the scheme's) that the crawl is at home on; the first is the start URL's. */
  hosts: string[]
  startPath: string
  /** false: at home, only what lies below the folder of `startPath`. */
  entireDomain: boolean
  /** Also hosts below a home host; a leading `www.` of the home host does not count. */
  allowSubdomains: boolean
  allowExternalLinks: boolean
  /** Regular expressions on path and query; with any given, a URL has to match one. */
  includePaths: string[]
  /** Regular expressions on path and query; what matches one is left out. */
  excludePaths: string[]
  maxDepth: number | null
}

export type ScopeVerdict =
  | { admitted: true }
  | { admitted: false; reason: 'scope' | 'depth' | 'excluded' | 'not_included' | 'trap'; detail?: string }

interface Pattern {
  source: string
  matches: PathPattern
}

const ADMITTED: ScopeVerdict = { admitted: true }

/** Compiles a scope once for many URLs. Takes canonical URLs; throws for a pattern that `validatePattern` refuses. */
export function compileScope(scope: CrawlScope): (url: string, depth: number) => ScopeVerdict {
  const place = compilePlace(scope)
  const included = scope.includePaths.map(compiled)
  const excluded = scope.excludePaths.map(compiled)

  return function judge(url, depth) {
    const outside = place(url)
    if (outside !== undefined) return { admitted: false, reason: 'scope', detail: outside }
    if (scope.maxDepth !== null && depth > scope.maxDepth) {
      return { admitted: false, reason: 'depth', detail: `${depth} links from the start; at most ${scope.maxDepth}` }
    }
    // The start page, and what it redirects to, is where the included pages are found: it need not be one itself.
    return patternVerdict(url, depth === 0 ? [] : included, excluded) ?? trapVerdict(url)
  }
}

function compiled(source: string): Pattern {
  return { source, matches: compilePattern(source) }
}

/** Says of a URL why it lies outside, or undefined when it does not. */
function compilePlace(scope: CrawlScope): (url: string) => string | undefined {
  const homes = new Set(scope.hosts)
  const parents = scope.hosts.map((host) => `.${parentOf(nameOf(host))}`)
  const folder = scope.entireDomain ? '/' : folderOf(scope.startPath)
  return (url) => {
    const host = hostOf(url)
    if (homes.has(host)) return isBelow(pathAndQueryOf(url), folder) ? undefined : `not below ${folder}`
    if (scope.allowExternalLinks) return undefined
    const dotted = `.${nameOf(host)}`
    if (scope.allowSubdomains && parents.some((parent) => dotted.endsWith(parent))) return undefined
    return `${host} is not a host of this crawl`
  }
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '')
}

/** What subdomains hang on. Without its `www.`, `www.com` would be the parent of half the web: then it stays. */
function parentOf(name: string): string {
  const bare = name.replace(/^www\./, '')
  return getDomain(bare, { allowPrivateDomains: true }) === null ? name : bare
}

/**
 * The folder that a path lies in (RFC 3986 §5.2.3), with one exception: `/docs` is taken for a folder itself, because its
 * parent would be the whole site, and nobody who starts there means that.
 */
function folderOf(startPath: string): string {
  const lastSlash = startPath.lastIndexOf('/')
  if (lastSlash > 0 || startPath.includes('.')) return startPath.slice(0, lastSlash + 1)
  return startPath.endsWith('/') ? startPath : `${startPath}/`
}

function isBelow(pathAndQuery: string, folder: string): boolean {
  return pathAndQuery.startsWith(folder) || `${pathAndQuery.split('?', 1)[0]}/` === folder
}

function patternVerdict(
  url: string,
  included: readonly Pattern[],
  excluded: readonly Pattern[],
): ScopeVerdict | undefined {
  if (included.length === 0 && excluded.length === 0) return undefined
  const text = pathAndQueryOf(url)
  const by = excluded.find((pattern) => pattern.matches(text))
  if (by) return { admitted: false, reason: 'excluded', detail: by.source }
  if (included.length === 0 || included.some((pattern) => pattern.matches(text))) return undefined
  return { admitted: false, reason: 'not_included' }
}

function trapVerdict(url: string): ScopeVerdict {
  const verdict = trap(url)
  return verdict.trapped ? { admitted: false, reason: 'trap', detail: verdict.kind } : ADMITTED
}
