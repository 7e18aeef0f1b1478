/** What a field's text is read as. `price` is the amount, `currency` its ISO 4217 code, `date` ISO 8601, `url` absolute. */
export type FieldKind = 'text' | 'html' | 'markdown' | 'number' | 'price' | 'currency' | 'date' | 'url'

/** What one field of a page is, as its caller describes it. */
export interface FieldRule {
  /** CSS, or XPath where it begins with `/`, `./`, `../` or `xpath:`. */
  selector: string
  /** The attribute that has the value instead of the element's text. */
  attribute?: string | undefined
  /** true: a list of all matches; false: the first one. */
  all?: boolean | undefined
  as?: FieldKind | undefined
  /** BCP 47; decides what is ambiguous, such as 1.234 or 03/04/2026. Default: the page's language. */
  locale?: string | undefined
  /** Makes each match a record of fields that are looked for inside it. */
  fields?: FieldRules | undefined
}

export interface FieldRules {
  readonly [name: string]: FieldRule
}

/** A value, null where the page has none, a list of them, or a record. */
export type FieldValue = string | number | null | FieldValue[] | { [name: string]: FieldValue }
