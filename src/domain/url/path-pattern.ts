import { RE2JS } from 're2js'

/** Longest pattern that a user may give. */
const MAX_PATTERN_LENGTH = 1_000
/** Instructions of the compiled program: bounds memory, and time per character, of patterns such as `((a{100}){100}){100}`. */
const MAX_PROGRAM_SIZE = 1_500

export type PatternVerdict = { ok: true } | { ok: false; detail: string }

/**
 * A user's regular expression over path and query. Found anywhere in them; `^` and `$` anchor it. It may be written for
 * the URL's own spelling (`/caf%C3%A9`) or for the readable one (`/café`).
 */
export type PathPattern = (pathAndQuery: string) => boolean

/** A crawl compiles its patterns anew for each batch of links; the engine is fast only once it has seen some text. */
const MAX_REMEMBERED = 200
const compiled = new Map<string, PathPattern>()

/**
 * Whether a pattern can be used. Patterns run on RE2's engine, whose time grows with pattern × text and no faster, so no
 * pattern can hang a crawl; the price is that look-around and back-references do not exist there.
 */
export function validatePattern(source: string): PatternVerdict {
  if (source.length > MAX_PATTERN_LENGTH) {
    return {
      ok: false,
      detail: `The pattern has ${source.length} characters; at most ${MAX_PATTERN_LENGTH} are allowed.`,
    }
  }
  try {
    const size = engine(source).programSize()
    if (size <= MAX_PROGRAM_SIZE) return { ok: true }
    return {
      ok: false,
      detail: `The pattern is too complex: it compiles to ${size} steps; at most ${MAX_PROGRAM_SIZE} are allowed.`,
    }
  } catch (error) {
    return { ok: false, detail: explained(source, error) }
  }
}

/** Throws for what `validatePattern` refuses. */
export function compilePattern(source: string): PathPattern {
  const known = compiled.get(source)
  if (known) return known
  const expression = engine(source)
  const pattern: PathPattern = (pathAndQuery) => {
    return expression.test(pathAndQuery) || (pathAndQuery.includes('%') && expression.test(decoded(pathAndQuery)))
  }
  if (compiled.size >= MAX_REMEMBERED) compiled.clear()
  compiled.set(source, pattern)
  return pattern
}

/** JavaScript's spellings of what RE2 writes otherwise: `\u00e9`, `(?<name>…)`, `[^]`. */
function engine(source: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(source))
}

function decoded(pathAndQuery: string): string {
  try {
    return decodeURI(pathAndQuery)
  } catch {
    return pathAndQuery
  }
}

function explained(source: string, error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  if (/\(\?<?[=!]/.test(source)) return `Look-around is not supported (${detail}).`
  if (/\\[1-9]/.test(source)) return `Back-references are not supported (${detail}).`
  return `Not a regular expression: ${detail}.`
}
