import { fence } from './markdown/fence.ts'

/** A body that is no HTML, as Markdown: plain text stays, JSON and XML stand in a fence. */
export function markdownOfOther(text: string, essence: string): string {
  const body = text.replace(/\r\n?/g, '\n').trim()
  if (body === '') return ''
  const language = languageOf(essence)
  return language === undefined ? `${body}\n` : `${fence(body, language)}\n`
}

function languageOf(essence: string): string | undefined {
  if (essence.endsWith('json')) return 'json'
  if (essence.endsWith('xml')) return 'xml'
  if (essence === 'text/plain' || essence === 'text/markdown') return undefined
  return essence.startsWith('text/') ? essence.slice('text/'.length) : ''
}
