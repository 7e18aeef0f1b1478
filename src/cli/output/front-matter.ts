export interface PageHead {
  url: string
  title: string | null
  fetchedAt: string
  status: number
}

/** Outside YAML's printable set (YAML 1.2.2 §5.1), or a line break to it that JSON writes as it is. */
const UNPRINTABLE = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g

/** A page as Markdown under YAML front matter. */
export function pageText(head: PageHead, markdown: string): string {
  const lines = [
    `url: ${quoted(head.url)}`,
    `title: ${quoted(head.title ?? '')}`,
    `fetchedAt: ${head.fetchedAt}`,
    `status: ${head.status}`,
  ]
  const body = markdown.trim()
  return `---\n${lines.join('\n')}\n---\n${body === '' ? '' : `\n${body}\n`}`
}

/** A JSON string is a double-quoted YAML scalar, once its unprintable characters are escaped too. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
