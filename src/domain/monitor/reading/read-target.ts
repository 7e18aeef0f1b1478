import type { MonitorRules } from '../rules.ts'
import { htmlReading } from './html-reading.ts'
import { decodeBody } from '../../page/decode.ts'
import { failed, type Fetched, type Reading } from './reading.ts'
import { refusal } from './classify.ts'

/** Reads what came for a monitor's URL as its rules say. Total: whatever came gives a reading; nothing throws. */
export async function readTarget(fetched: Fetched, rules: MonitorRules): Promise<Reading> {
  const refused = refusal(fetched)
  if (refused) return refused
  const contentType = fetched.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const { text } = decodeBody(fetched.body, contentType)
  if (text.trim() === '') return failed('empty', 'empty_body', 'The site answered without a body.')
  return htmlReading(text, fetched, rules)
}
