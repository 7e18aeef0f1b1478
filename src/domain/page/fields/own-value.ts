import { type Element, Text } from '../tree/nodes.ts'
import { attribute, textInside } from '../tree/reading-nodes.ts'
import type { FieldKind } from './field-rules.ts'

const ADDRESS_IN: Readonly<Record<string, string>> = {
  a: 'href',
  area: 'href',
  link: 'href',
  base: 'href',
  audio: 'src',
  embed: 'src',
  iframe: 'src',
  script: 'src',
  source: 'src',
  track: 'src',
  video: 'src',
  object: 'data',
  form: 'action',
  blockquote: 'cite',
  q: 'cite',
}

const VALUE_IN: Readonly<Record<string, string>> = { data: 'value', meter: 'value', progress: 'value', input: 'value' }
const DATE_IN: Readonly<Record<string, string>> = { time: 'datetime', del: 'datetime', ins: 'datetime' }

/** Attributes that hold what an element means, by what is asked of it (HTML standard §5.2.4, microdata values). */
const HOLDERS: Readonly<Partial<Record<FieldKind, Readonly<Record<string, string>>>>> = {
  url: ADDRESS_IN,
  date: DATE_IN,
  number: VALUE_IN,
  price: VALUE_IN,
}

/** What the element's own attribute says of such a value; undefined where that is its text. */
export function statedValue(element: Element, as: FieldKind): string | undefined {
  const holder = element.name === 'meta' ? 'content' : HOLDERS[as]?.[element.name]
  const value = holder === undefined ? '' : attribute(element, holder)
  return value === '' ? undefined : value
}

/** Text with its space collapsed; of a script or a style sheet, its source as it stands. */
export function ownText(element: Element): string {
  if (element.name !== 'script' && element.name !== 'style') return textInside(element)
  return element.children
    .map((child) => (child instanceof Text ? child.data : ''))
    .join('')
    .trim()
}
