import type { MonitorRules } from '../rules.ts'
import { listed } from '../rules.ts'
import { BlockList } from './block-list.ts'
import { canonicalBlocks } from './canonical-blocks.ts'
import { jsonBlocks } from './json-blocks.ts'
import { JsonPathFault, selectJson } from './json-path.ts'
import { readJsonFields, readJsonPrice } from './json-values.ts'
import { failed, type Reading } from './reading.ts'

/** A JSON body, or what `jsonPath` selects of it; undefined where it is no JSON. */
export function jsonReading(text: string, rules: MonitorRules): Reading | undefined {
  const value = parsed(text)
  if (value === undefined) return undefined
  const paths = listed(rules.select?.jsonPath)
  try {
    const selected = paths.length === 0 ? [value] : paths.flatMap((path) => selectJson(value, path))
    if (selected.length === 0)
      return failed('empty', 'selector_found_nothing', 'No value matches what is to be watched.')
    const price = rules.price ? readJsonPrice(value, rules.price) : null
    return { ...readingOf(jsonBlocks(selected), rules), fields: readJsonFields(value, rules.fields), price }
  } catch (error) {
    if (error instanceof JsonPathFault) return failed('error', 'invalid_selector', error.message)
    throw error
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Any other text: a block for each line. */
export function textReading(text: string, rules: MonitorRules): Reading {
  const list = new BlockList()
  for (const line of text.split(/\r\n?|\n/)) list.add(line.trim(), { kind: 'line', under: '' })
  return readingOf(list, rules)
}

function readingOf({ blocks: found }: BlockList, rules: MonitorRules): Extract<Reading, { fetch: 'ok' }> {
  const { blocks, masked } = canonicalBlocks(found, rules)
  return { fetch: 'ok', blocks, fields: {}, price: null, masked, reasons: [] }
}
