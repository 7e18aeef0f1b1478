import type { Imported, Wanted } from './imported.ts'

/** One URL a line, with tags after it, separated by commas; lines that begin with # are remarks. */
export function readUrlList(text: string): Imported {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  return { wanted: lines.map(wanted), refused: [], notes: [] }
}

function wanted(line: string): Wanted {
  const [url = '', ...rest] = line.split(/\s+/)
  const tags = rest
    .join(' ')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  return { name: url.slice(0, 200), url, ...(tags.length > 0 && { tags }) }
}
