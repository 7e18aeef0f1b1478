import { isHtml, isJson, isXml, parseMediaType } from '../../fetch/media-type.ts'
import { documentKind } from '../../fetch/document-kind.ts'
import { sniffMediaType } from '../../fetch/sniff.ts'
import { decodeBody } from '../../page/decode.ts'
import { readDocument } from '../../page/read-document.ts'
import type { MonitorRules } from '../rules.ts'
import { refusal } from './classify.ts'
import { htmlReading } from './html-reading.ts'
import { xmlReading } from './xpath-reading.ts'
import { jsonReading, textReading } from './other-readings.ts'
import { failed, type Fetched, type Reading } from './reading.ts'

/** Reads what came for a monitor's URL as its rules say. Total: whatever came gives a reading; nothing throws. */
export async function readTarget(fetched: Fetched, rules: MonitorRules): Promise<Reading> {
  const refused = refusal(fetched)
  if (refused) return refused
  const { body } = fetched
  const contentType = fetched.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  if (documentKind(body) !== undefined) return laidOutReading(fetched, contentType, rules)
  const { text } = decodeBody(body, contentType)
  if (text.trim() === '') return failed('empty', 'empty_body', 'The site answered without a body.')
  const essence = essenceOf(contentType, body)
  if (isHtml(essence)) return htmlReading(text, rules)
  if (isJson(essence)) return jsonReading(text, rules) ?? textOrPage(text, body, rules)
  if (isXml(essence) && rules.select?.xpath !== undefined) return xmlReading(text, rules)
  if (isXml(essence) || TABLES.has(essence)) return laidOutReading(fetched, contentType, rules)
  return textReading(text, rules)
}

const TABLES = new Set(['text/csv', 'text/tab-separated-values'])

function essenceOf(contentType: string | undefined, body: Uint8Array): string {
  const declared = parseMediaType(contentType)?.essence
  return declared === undefined || declared === 'application/octet-stream' ? sniffMediaType(body) : declared
}

/** Declared as JSON and none: an error page, or whatever it may be, as it stands. */
function textOrPage(text: string, body: Uint8Array, rules: MonitorRules): Reading {
  return sniffMediaType(body) === 'text/html' ? htmlReading(text, rules) : textReading(text, rules)
}

/** PDF, office documents, feeds and tables are laid out as pages by the readers that crawls use, and compared as such. */
async function laidOutReading(
  { url, body }: Fetched,
  contentType: string | undefined,
  rules: MonitorRules,
): Promise<Reading> {
  const formats = new Set(['html', 'text'] as const)
  const {
    html = '',
    text = '',
    warnings,
  } = await readDocument({ url, contentType, body, formats, onlyMainContent: false })
  if (html !== '') return htmlReading(html, rules, { isPage: false })
  if (text !== '') return textReading(text, rules)
  return failed('empty', warnings[0]?.code ?? 'no_text', warnings[0]?.detail ?? 'The document has no text.')
}
