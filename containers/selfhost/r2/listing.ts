import type { ObjectRow } from './bucket.ts'

export interface ListOrder {
  prefix: string
  /** Only what sorts after this. */
  after: string
  delimiter: string | undefined
  limit: number
}

export interface ListedPage {
  rows: ObjectRow[]
  /** What the delimiter folds together, each once. */
  prefixes: string[]
  /** Where the next page begins; undefined at the end. */
  next: string | undefined
}

/** Sorts after every key that begins with what stands before it. */
const LAST = '\u{10ffff}'

/** One page in the order of UTF-8 bytes, which is SQLite's and R2's. Folded prefixes count as entries. */
export function listPage(sql: SqlStorage, { prefix, after, delimiter, limit }: ListOrder): ListedPage {
  const page: ListedPage = { rows: [], prefixes: [], next: undefined }
  let position = after
  const isFull = (): boolean => page.rows.length + page.prefixes.length === limit
  for (;;) {
    const found = following(sql, prefix, position, delimiter ? 1 : limit + 1)
    for (const row of found) {
      if (isFull()) return { ...page, next: position }
      const folded = delimiter ? foldedPrefix(row.key, prefix, delimiter) : undefined
      if (folded === undefined) page.rows.push(row)
      else page.prefixes.push(folded)
      position = folded === undefined ? row.key : folded + LAST
    }
    if (found.length === 0 || !delimiter) return page
  }
}

function following(sql: SqlStorage, prefix: string, position: string, count: number): ObjectRow[] {
  return sql
    .exec<ObjectRow>('SELECT * FROM objects WHERE key > ? AND key >= ? ORDER BY key LIMIT ?', position, prefix, count)
    .toArray()
    .filter(({ key }) => key.startsWith(prefix))
}

function foldedPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const at = key.indexOf(delimiter, prefix.length)
  return at < 0 ? undefined : key.slice(0, at + delimiter.length)
}
