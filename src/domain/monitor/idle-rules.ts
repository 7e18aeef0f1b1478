import type { RuleFault } from './rule-faults.ts'
import { type Comparison, type Condition, type FieldKind, listed, type MonitorRules } from './rules.ts'

type Target = 'page' | 'site'

/** What conditions may name, and what each is: fields of the monitor, and of a watched price its amount and stock. */
type Names = ReadonlyMap<string, FieldKind | 'stock'>

const STOCKS = ['in', 'out', 'unknown']
const ORDERS: readonly Comparison[] = ['<', '<=', '>', '>=']

/** Rules that could be used and never would do anything, or never let anything be told: to be asked when a monitor is saved. */
export function idleRules(rules: MonitorRules, target: Target): RuleFault[] {
  const { trigger = {}, fields = {} } = rules
  const names = namesOf(rules)
  return [
    ...(trigger.conditions ?? []).flatMap((each, at) => conditionFaults(each, `trigger.conditions.${at}`, names)),
    ...thresholdFaults(rules),
    ...contradictions(rules),
    ...(target === 'site' ? idleOnSites(rules) : []),
    ...Object.entries(fields).flatMap(([name, { selector, attribute }]) =>
      attribute !== undefined && selector === undefined
        ? [{ path: `fields.${name}.attribute`, message: 'is of an element: name it in `selector`, or leave this out' }]
        : [],
    ),
  ]
}

function namesOf({ fields = {}, price }: MonitorRules): Names {
  const ofPrice = price
    ? ([
        ['price', 'price'],
        ['stock', 'stock'],
      ] as const)
    : []
  return new Map([...ofPrice, ...Object.entries(fields).map(([name, { as = 'text' }]) => [name, as] as const)])
}

function conditionFaults(condition: Condition, path: string, names: Names): RuleFault[] {
  if ('not' in condition) return conditionFaults(condition.not, `${path}.not`, names)
  if ('all' in condition) return condition.all.flatMap((each, at) => conditionFaults(each, `${path}.all.${at}`, names))
  if ('any' in condition) return condition.any.flatMap((each, at) => conditionFaults(each, `${path}.any.${at}`, names))
  return 'field' in condition ? fieldFaults(condition, path, names) : []
}

function fieldFaults(
  { field, is, value }: Extract<Condition, { field: string }>,
  path: string,
  names: Names,
): RuleFault[] {
  const kind = names.get(field)
  if (kind === undefined) return [{ path: `${path}.field`, message: unknownField(field, names) }]
  if (kind === 'stock' && !STOCKS.includes(String(value)))
    return [{ path: `${path}.value`, message: `must be one of "${STOCKS.join('", "')}": the stock is one of these` }]
  const isNumber = kind === 'number' || kind === 'price'
  if (isNumber && ORDERS.includes(is) && Number.isNaN(Number(value)))
    return [{ path: `${path}.value`, message: `must be a number: \`${field}\` is compared with it as one` }]
  return []
}

function unknownField(field: string, names: Names): string {
  const known = [...names.keys()].map((name) => `\`${name}\``).join(', ')
  const has = known === '' ? 'it has none: add it to `fields`, or watch a `price`' : `it has ${known}`
  return `is no field of this monitor (“${field}”); ${has}`
}

function thresholdFaults({ trigger: { threshold, flap } = {} }: MonitorRules): RuleFault[] {
  const isEmpty = threshold && threshold.changedRatio === undefined && threshold.changedWords === undefined
  return [
    ...(isEmpty
      ? [{ path: 'trigger.threshold', message: 'needs `changedRatio` (0 to 1), `changedWords` (a count), or both' }]
      : []),
    ...(flap && flap.stop > flap.start
      ? [{ path: 'trigger.flap.stop', message: 'must be at most `start`: flapping has to end below what began it' }]
      : []),
  ]
}

/** Under these nothing would ever be told. */
function contradictions({
  trigger: { contains, notContains, only = [], onlyNewText = false } = {},
}: MonitorRules): RuleFault[] {
  const unwanted = new Set(listed(notContains))
  const both = listed(contains).filter((text) => unwanted.has(text))
  return [
    ...both.map((text) => ({
      path: 'trigger.notContains',
      message: `has “${text}”, which \`contains\` has, too: no page could meet both`,
    })),
    ...(onlyNewText && only.length > 0 && only.every((kind) => kind === 'removed')
      ? [{ path: 'trigger.onlyNewText', message: 'leaves out what was removed, and `only` all else: leave one out' }]
      : []),
  ]
}

/** Pages of a site are each compared once; nothing is remembered of them from one look to the next. */
function idleOnSites({ trigger = {} }: MonitorRules): RuleFault[] {
  return (['flap', 'knownStates', 'onlyNewText'] as const)
    .filter((name) => trigger[name] !== undefined)
    .map((name) => ({ path: `trigger.${name}`, message: 'is for one page; leave it out for a site' }))
}
