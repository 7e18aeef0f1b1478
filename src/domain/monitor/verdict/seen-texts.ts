import { fingerprint } from '../fingerprint.ts'
import type { Reading } from '../reading/reading.ts'
import type { MonitorRules } from '../rules.ts'
import type { Memory } from './memory.ts'

/** Some 200 kB; the oldest are forgotten. */
const MOST_TEXTS = 10_000

/** Remembers every text of the page, where only what was never seen is to be told. */
export function withSeenTexts(memory: Memory, rules: MonitorRules, reading: Extract<Reading, { fetch: 'ok' }>): Memory {
  if (rules.trigger?.onlyNewText !== true) return memory
  const seen = new Set(memory.seenTexts)
  for (const { text } of reading.blocks) seen.add(fingerprint(text))
  return { ...memory, seenTexts: [...seen].slice(-MOST_TEXTS) }
}
