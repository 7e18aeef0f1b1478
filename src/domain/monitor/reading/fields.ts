import type { ParentNode } from '../../page/tree/nodes.ts'
import { collapse, textInside } from '../../page/tree/reading-nodes.ts'
import { CssSelecting } from '../../select/css.ts'
import type { FieldRule } from '../rules.ts'
import { readDate } from '../../values/date.ts'
import { readNumber } from '../../values/number.ts'
import type { FieldValue } from './reading.ts'

/** The watched values of a page. One that isn't there is null, and so is one that can't be read as what it should be. */
export function readFields(
  root: ParentNode,
  rules: Readonly<Record<string, FieldRule>> = {},
): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, readField(root, rule)]))
}

function readField(root: ParentNode, rule: FieldRule): FieldValue {
  const as = rule.as ?? 'text'
  const raw = rule.selector === undefined ? null : textAt(root, rule.selector, rule.attribute)
  return { as, raw, value: raw === null ? null : valueOf(raw, rule) }
}

/** Text of the first element that a selector finds; null where it finds none, or can't be used. */
export function textAt(root: ParentNode, selector: string, attribute?: string): string | null {
  try {
    const found = new CssSelecting().first(selector, root)
    if (!found) return null
    const text = attribute === undefined ? textInside(found) : found.attribs[attribute]
    return text === undefined ? null : collapse(text.normalize('NFKC'))
  } catch {
    return null
  }
}

/** Text as what it should be; null where it can't be read as such. */
export function valueOf(raw: string, { as = 'text', locale }: FieldRule): number | string | null {
  const style = locale === undefined ? {} : { locale }
  switch (as) {
    case 'text':
      return raw
    case 'number':
      return readNumber(raw, style)
    case 'price':
      return readNumber(raw, { ...style, isPrice: true })
    case 'date':
      return readDate(raw, locale)
  }
}
