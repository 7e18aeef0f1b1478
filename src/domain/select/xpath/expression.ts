/** What of XPath 1.0 is understood: location paths, predicates, operators and the functions of select-xpath.ts. */
export type Expression =
  | { is: 'literal'; value: string | number }
  | { is: 'call'; name: string; inputs: Expression[] }
  | { is: 'binary'; operator: string; left: Expression; right: Expression }
  | { is: 'path'; from: 'root' | 'here' | Expression; steps: Step[] }

export interface Step {
  axis: Axis
  /** Name without its prefix, `*`, `text()` or `node()`. */
  test: string
  predicates: Expression[]
}

export const AXES = [
  'child',
  'descendant',
  'descendant-or-self',
  'self',
  'parent',
  'ancestor',
  'ancestor-or-self',
  'following-sibling',
  'preceding-sibling',
  'attribute',
] as const

export type Axis = (typeof AXES)[number]
