export interface MetaRefresh {
  afterSeconds: number
  /** Relative as written; '' reloads the page itself. */
  href: string
}

/** Seconds, then perhaps `; url=…`: the "shared declarative refresh steps" of the HTML standard. */
const REFRESH = /^\s*(?<seconds>\d+)?(?:\.[\d.]*)?(?:\s*$|(?:\s+[;,]?|[;,])\s*(?<rest>[^]*)$)/
const NAMED = /^url\s*=\s*/i

/** Reads the content of `<meta http-equiv=refresh>`; undefined when browsers would do nothing. */
export function metaRefresh(content: string): MetaRefresh | undefined {
  const read = REFRESH.exec(content)?.groups
  if (!read || (read['seconds'] === undefined && !/^\s*\./.test(content))) return undefined
  const rest = (read['rest'] ?? '').replace(NAMED, '')
  const [quote] = rest
  const isQuoted = quote === '"' || quote === "'"
  const href = isQuoted ? (rest.slice(1).split(quote)[0] ?? '') : rest
  return { afterSeconds: Number(read['seconds'] ?? 0), href: href.trim() }
}
