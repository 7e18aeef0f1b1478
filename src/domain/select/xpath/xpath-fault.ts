import { Document } from '../../page/tree/nodes.ts'
import { SelectorFault } from '../selector-fault.ts'
import type { Expression } from './expression.ts'
import { parseXPath } from './parse-xpath.ts'
import { noFunction, selectXPath } from './select-xpath.ts'

/** Why an XPath can't be used; undefined when it can. To be asked when it is given. */
export function xpathFault(source: string): string | undefined {
  try {
    const unknown = calledNames(parseXPath(source)).find((name) => noFunction(name) !== undefined)
    if (unknown !== undefined) return noFunction(unknown)
    selectXPath(new Document(), source)
    return undefined
  } catch (error) {
    return error instanceof SelectorFault ? error.message : `“${source}” can't be read as XPath: ${String(error)}`
  }
}

/** Also of functions in predicates, which a document without matches never calls. */
function calledNames(expression: Expression): string[] {
  switch (expression.is) {
    case 'literal':
      return []
    case 'call':
      return [expression.name, ...expression.inputs.flatMap(calledNames)]
    case 'binary':
      return [expression.left, expression.right].flatMap(calledNames)
    case 'path': {
      const { from, steps } = expression
      const inside = steps.flatMap(({ predicates }) => predicates)
      return [...(typeof from === 'object' ? [from] : []), ...inside].flatMap(calledNames)
    }
  }
}
