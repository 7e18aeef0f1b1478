/** What a monitor's owner may decide about its checks, as the pure part needs it. Durations are in milliseconds. */
export interface MonitorRules {
  select?: SelectRules
  /** Text that counts for nothing: a piece of text as it stands, or `/regular expression/flags` (i, m, s). */
  ignore?: readonly string[]
  normalise?: NormaliseRules
  /** Single values that are watched by themselves; a change of one overrides every threshold. */
  fields?: Readonly<Record<string, FieldRule>>
  price?: PriceRule
  trigger?: TriggerRules
  confirm?: ConfirmRules
  /** Failed checks in a row until `failing` is told. Default 3. */
  alertAfterFailures?: number
  /** How long after an alert of failure it is told again. Default a day. */
  remindAfterMs?: number
}

/** Several selectors combine in the order given; what is excluded is taken out before anything is included. */
export interface SelectRules {
  include?: readonly string[]
  exclude?: readonly string[]
  jsonPath?: string | readonly string[]
  xpath?: string | readonly string[]
}

/** Everything is on by default but `ignoreCase`, `sort`, `dedupe` and the `keep…` ones. */
export interface NormaliseRules {
  /** "2 days ago", "vor 3 Stunden". */
  relativeTimes?: boolean
  /** "1,204 views", "Comments (12)". */
  counters?: boolean
  /** Request ids, nonces, session ids. */
  tokens?: boolean
  /** "Generated at 10:04:11", "© 2026". */
  stamps?: boolean
  ignoreCase?: boolean
  /** Navigation, page footers, cookie notices and advertising, which are left out unless selected. */
  keepBoilerplate?: boolean
  /** Elements that the markup hides. */
  keepHidden?: boolean
  /** Compares the blocks in alphabetical order. */
  sort?: boolean
  /** Compares each text once. */
  dedupe?: boolean
  /** Blocks whose values are known to change by themselves: suggested by decisions, accepted by the owner. */
  masks?: readonly BlockMask[]
}

export type MaskShape = 'date' | 'number' | 'hash'

export interface BlockMask {
  /** The block's key. */
  key: string
  shape: MaskShape
}

export type FieldKind = 'text' | 'number' | 'price' | 'date'

/** Found by `selector` in a page, or by `jsonPath` in a JSON body. */
export interface FieldRule {
  selector?: string
  jsonPath?: string
  attribute?: string
  as?: FieldKind
  /** BCP 47; decides what is ambiguous, such as 1.234 or 03/04/2026. */
  locale?: string
}

/** Without a selector the page's own product markup tells the price; a JSON body has it at `jsonPath`. */
export interface PriceRule {
  selector?: string
  jsonPath?: string
  locale?: string
  /** Change from the last alerted price, in percent, from which on it is told. Default: any. */
  percent?: number
  /** Told once when the price crosses to this or below; crossing back re-arms. */
  below?: number
  above?: number
  /** `restock`: only the way from sold out to available is told. */
  stock?: 'restock' | 'any' | 'ignore'
}

export interface TriggerRules {
  /** Reached by any one of them. */
  threshold?: { changedRatio?: number; changedWords?: number }
  /** Text or /regex/: nothing is told while the page doesn't have it. */
  contains?: string | readonly string[]
  /** Text or /regex/: nothing is told while the page has it. */
  notContains?: string | readonly string[]
  /** All must hold; `any` and `not` nest. */
  conditions?: readonly Condition[]
  /** Only these kinds of change count. Default: all three. */
  only?: readonly ('added' | 'removed' | 'changed')[]
  /** A text that this monitor has ever seen is not new. */
  onlyNewText?: boolean
  /** false: a return to a state that was told before is told again. */
  knownStates?: boolean
  /** Flapping (percent, as in docs/monitors.md) from which on nothing is told, and below which it is again. */
  flap?: { start: number; stop: number }
}

export type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!='

export type Condition =
  | { contains: string }
  | { notContains: string }
  | { field: string; is: Comparison; value: number | string }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }

export interface ConfirmRules {
  /** How many more looks must show the change. */
  rechecks: number
  afterMs: number
}

export function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}
