import { cssFault } from '../select/css.ts'
import { xpathFault } from '../select/xpath/xpath-fault.ts'
import { patternFault } from './pattern.ts'
import { jsonPathFault } from './reading/json-path.ts'
import { type Condition, listed, type MonitorRules } from './rules.ts'

export interface RuleFault {
  /** As in problem+json: `select.include.0`. */
  path: string
  message: string
}

/** Every selector, path and expression that can't be used: to be asked when a monitor is saved. */
export function ruleFaults(rules: MonitorRules): RuleFault[] {
  const { select = {}, trigger = {} } = rules
  const fields = Object.entries(rules.fields ?? {})
  const css = [
    ...numbered('select.include', select.include),
    ...numbered('select.exclude', select.exclude),
    ...fields.flatMap(([name, { selector }]) => numbered(`fields.${name}.selector`, selector)),
    ...numbered('price.selector', rules.price?.selector),
  ] as const
  const patterns = [
    ...numbered('ignore', rules.ignore),
    ...numbered('trigger.contains', trigger.contains),
    ...numbered('trigger.notContains', trigger.notContains),
    ...(trigger.conditions ?? []).flatMap((condition, at) => patternsOf(condition, `trigger.conditions.${at}`)),
  ]
  return [
    ...faults(css, cssFault),
    ...faults(patterns, patternFault),
    ...faults(numbered('select.jsonPath', select.jsonPath), jsonPathFault),
    ...faults(
      fields.flatMap(([name, { jsonPath }]) => numbered(`fields.${name}.jsonPath`, jsonPath)),
      jsonPathFault,
    ),
    ...faults(numbered('price.jsonPath', rules.price?.jsonPath), jsonPathFault),
    ...faults(numbered('select.xpath', select.xpath), xpathFault),
  ]
}

type Written = readonly (readonly string[])[]

function numbered(path: string, value: string | readonly string[] | undefined): [string, string][] {
  return listed(value).map((each, at) => [typeof value === 'string' ? path : `${path}.${at}`, each])
}

function faults(written: Written, faultOf: (written: string) => string | undefined): RuleFault[] {
  return written.flatMap(([path = '', value = '']) => {
    const message = faultOf(value)
    return message === undefined ? [] : [{ path, message }]
  })
}

function patternsOf(condition: Condition, path: string): [string, string][] {
  if ('contains' in condition) return [[`${path}.contains`, condition.contains]]
  if ('notContains' in condition) return [[`${path}.notContains`, condition.notContains]]
  if ('not' in condition) return patternsOf(condition.not, `${path}.not`)
  if ('all' in condition) return condition.all.flatMap((each, at) => patternsOf(each, `${path}.all.${at}`))
  return 'any' in condition ? condition.any.flatMap((each, at) => patternsOf(each, `${path}.any.${at}`)) : []
}
