import { Resolver } from '../links/resolve.ts'
import type { PageLink } from '../page.ts'

/** Inline links and autolinks (CommonMark §6.3, §6.5); every part is bounded, so that no text costs more than its length. */
const LINK =
  /(?<!!)\[([^[\]\n]{0,500})\]\(<?([^\s()<>]{1,2000})>?(?:\s{1,9}"[^"\n]{0,500}")?\)|<(https?:\/\/[^\s<>]{1,2000})>/g
const FENCED = /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))/gm

/** The links of a Markdown document, each URL once; those in fenced code are examples. */
export function markdownLinks(markdown: string, documentUrl: string): PageLink[] {
  const resolver = new Resolver(documentUrl)
  const byUrl = new Map<string, PageLink>()
  for (const [, text = '', href, auto] of markdown.replace(FENCED, '').matchAll(LINK)) {
    const url = resolver.web(href ?? auto ?? '')
    if (url !== null && !byUrl.has(url)) byUrl.set(url, { url, text: text.trim() })
  }
  return [...byUrl.values()]
}
