import { prettyJson } from './documents/pretty-json.ts'
import { prettyXml } from './documents/pretty-xml.ts'
import { fence } from './markdown/fence.ts'

/** A body that is no HTML, as Markdown: plain text stays, JSON and XML stand in a fence, laid out where they have no lines of their own. */
export function markdownOfOther(text: string, essence: string): string {
  const body = text.replace(/\r\n?/g, '\n').trim()
  if (body === '') return ''
  const language = languageOf(essence)
  return language === undefined ? `${body}\n` : `${fence(pretty(body, language), language)}\n`
}

/** What was written for programs, all in one line, is laid out for people. */
function pretty(body: string, language: string): string {
  if (language === 'json') return prettyJson(body)
  return language === 'xml' ? prettyXml(body) : body
}

function languageOf(essence: string): string | undefined {
  if (essence.endsWith('json')) return 'json'
  if (essence.endsWith('xml')) return 'xml'
  if (essence === 'text/plain' || essence === 'text/markdown') return undefined
  return essence.startsWith('text/') ? essence.slice('text/'.length) : ''
}
