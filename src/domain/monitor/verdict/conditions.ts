import { matcher } from '../pattern.ts'
import type { FieldValue, Reading } from '../reading/reading.ts'
import { type Comparison, type Condition, listed, type TriggerRules } from '../rules.ts'

type PageReading = Extract<Reading, { fetch: 'ok' }>

/** Whether the trigger lets anything be told of the page as it is: true where it has no conditions. */
export function conditionsHold(trigger: TriggerRules = {}, reading: PageReading): boolean {
  const page = { text: reading.blocks.map(({ text }) => text).join('\n'), fields: valuesOf(reading) }
  const has = (wanted: string) => matcher(wanted)(page.text)
  return (
    listed(trigger.contains).every(has) &&
    !listed(trigger.notContains).some(has) &&
    (trigger.conditions ?? []).every((condition) => holds(condition, page))
  )
}

interface Page {
  text: string
  fields: Readonly<Record<string, FieldValue['value']>>
}

function valuesOf({ fields, price }: PageReading): Page['fields'] {
  const values = Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]))
  return price ? { price: price.amount, stock: price.stock, ...values } : values
}

function holds(condition: Condition, page: Page): boolean {
  if ('contains' in condition) return matcher(condition.contains)(page.text)
  if ('notContains' in condition) return !matcher(condition.notContains)(page.text)
  if ('all' in condition) return condition.all.every((each) => holds(each, page))
  if ('any' in condition) return condition.any.some((each) => holds(each, page))
  if ('not' in condition) return !holds(condition.not, page)
  const value = page.fields[condition.field] ?? null
  return value !== null && COMPARES[condition.is](order(value, condition.value))
}

/** Less than, equal or greater: -1, 0, 1. Numbers as numbers, everything else as text. */
function order(value: number | string, other: number | string): number {
  const numbers = [Number(value), Number(other)] as const
  if (!numbers.some(Number.isNaN)) return Math.sign(numbers[0] - numbers[1])
  const texts = [String(value), String(other)] as const
  return texts[0] < texts[1] ? -1 : texts[0] === texts[1] ? 0 : 1
}

const COMPARES: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
}
