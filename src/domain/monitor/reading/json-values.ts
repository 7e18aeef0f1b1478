import { currencyIn } from '../../values/currency.ts'
import { readNumber } from '../../values/number.ts'
import type { FieldRule, PriceRule } from '../rules.ts'
import { valueOf } from './fields.ts'
import { JsonPathFault, selectJson } from './json-path.ts'
import { NOWHERE } from './price.ts'
import type { FieldValue, PriceReading } from './reading.ts'

/** The watched values of a JSON body, by the first value that each path finds. */
export function readJsonFields(
  body: unknown,
  rules: Readonly<Record<string, FieldRule>> = {},
): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, readField(body, rule)]))
}

function readField(body: unknown, rule: FieldRule): FieldValue {
  const as = rule.as ?? 'text'
  const found = firstAt(body, rule.jsonPath)
  if (found === undefined || found === null) return { as, raw: null, value: null }
  const raw = written(found)
  // A number in JSON is one already, whatever a locale would make of its point.
  const isNumber = typeof found === 'number' && (as === 'number' || as === 'price')
  return { as, raw, value: isNumber ? found : valueOf(raw, rule) }
}

/** The price that a JSON body has at `jsonPath`. */
export function readJsonPrice(body: unknown, { jsonPath, locale }: PriceRule): PriceReading {
  const found = firstAt(body, jsonPath)
  if (typeof found === 'number') return { ...NOWHERE, amount: found, from: 'json-path' }
  if (typeof found !== 'string') return NOWHERE
  const amount = readNumber(found, { isPrice: true, ...(locale !== undefined && { locale }) })
  return { ...NOWHERE, amount, currency: currencyIn(found), from: 'json-path' }
}

function firstAt(body: unknown, path: string | undefined): unknown {
  if (path === undefined) return undefined
  try {
    return selectJson(body, path)[0]
  } catch (error) {
    if (error instanceof JsonPathFault) return undefined
    throw error
  }
}

function written(value: unknown): string {
  return typeof value === 'string' ? value.normalize('NFKC').trim() : JSON.stringify(value)
}
