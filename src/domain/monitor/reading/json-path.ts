/** A path that can't be used; its message says why. */
export class JsonPathFault extends Error {}

type Step = { descends: boolean; select: (value: unknown) => unknown[] }

/** Values that one path may look at, so that `$..*..*` ends. */
const MOST_LOOKS = 1_000_000

/**
 * JSONPath as of RFC 9535, less functions and nested filters: names, `*`, indexes, slices, unions, `..`, and filters that
 * compare one member (`[?@.price < 10]`) or ask for it (`[?@.price]`).
 */
export function selectJson(value: unknown, path: string): unknown[] {
  let left = MOST_LOOKS
  const counted = (values: unknown[]) => {
    left -= values.length
    if (left < 0) throw new JsonPathFault(`“${path}” looks at too many values.`)
    return values
  }
  return parsePath(path).reduce<unknown[]>(
    (values, { descends, select }) =>
      counted(values.flatMap((each) => (descends ? counted(descendants(each)) : [each])).flatMap(select)),
    [value],
  )
}

export function jsonPathFault(path: string): string | undefined {
  try {
    parsePath(path)
    return undefined
  } catch (error) {
    return error instanceof JsonPathFault ? error.message : String(error)
  }
}

const STEP = /(\.\.?)?(?:\[((?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^\]'"])*)\]|(\*)|([\p{L}_][\p{L}\p{N}_-]*))/uy

function parsePath(path: string): Step[] {
  const text = path.trim()
  if (!text.startsWith('$')) throw new JsonPathFault(`A JSONPath begins with $: “${path}”.`)
  const steps: Step[] = []
  let at = 1
  while (at < text.length) {
    STEP.lastIndex = at
    const match = STEP.exec(text)
    if (!match) throw new JsonPathFault(`“${path}” can't be read from “${text.slice(at)}” on.`)
    const [whole, dots, inside, star, name] = match
    if (dots === undefined && inside === undefined) throw new JsonPathFault(`A dot is missing before “${whole}”.`)
    if (dots === '.' && inside !== undefined) throw new JsonPathFault(`No dot stands before “[${inside}]”.`)
    const select = inside === undefined ? (star ? members : named(name ?? '')) : bracketed(inside.trim(), path)
    steps.push({ descends: dots === '..', select })
    at += whole.length
  }
  return steps
}

function members(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

function named(name: string): Step['select'] {
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
      ? [(value as Record<string, unknown>)[name]]
      : []
}

function descendants(value: unknown): unknown[] {
  const found = [value]
  // Grows while it is walked, which is how the levels below come in.
  for (const each of found) {
    if (found.length > MOST_LOOKS) break
    found.push(...members(each))
  }
  return found
}

function bracketed(inside: string, path: string): Step['select'] {
  if (inside.startsWith('?')) return filter(inside.slice(1).trim(), path)
  const parts = inside.match(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^,\s]+/g) ?? []
  const selectors = parts.map((part) => selector(part, path))
  if (selectors.length === 0) throw new JsonPathFault(`“[]” selects nothing in “${path}”.`)
  return (value) => selectors.flatMap((select) => select(value))
}

function selector(part: string, path: string): Step['select'] {
  if (part === '*') return members
  if (/^['"]/.test(part)) return named(unquoted(part))
  if (/^-?\d+$/.test(part)) return (value) => (Array.isArray(value) ? slice(value, Number(part), 1) : [])
  const range = /^(-?\d*):(-?\d*)(?::(-?\d*))?$/.exec(part)
  if (!range) throw new JsonPathFault(`“[${part}]” can't be read in “${path}”.`)
  return ranged(range[1], range[2], range[3])
}

function slice(list: readonly unknown[], index: number, count: number): unknown[] {
  const start = index < 0 ? list.length + index : index
  return start < 0 ? [] : list.slice(start, start + count)
}

/** RFC 9535 §2.3.4. */
function ranged(from = '', to = '', by = ''): Step['select'] {
  const step = by === '' ? 1 : Number(by)
  return (value) => {
    if (!Array.isArray(value) || step === 0) return []
    const size = value.length
    const normal = (text: string, fallback: number) =>
      text === '' ? fallback : Number(text) < 0 ? size + Number(text) : Number(text)
    const found: unknown[] = []
    if (step > 0) {
      const end = Math.min(normal(to, size), size)
      for (let index = Math.max(normal(from, 0), 0); index < end; index += step) found.push(value[index])
      return found
    }
    const end = Math.max(normal(to, -1), -1)
    for (let index = Math.min(normal(from, size - 1), size - 1); index > end; index += step) found.push(value[index])
    return found
  }
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, '$1')
}

const FILTER =
  /^\(?\s*@((?:\.[\p{L}_][\p{L}\p{N}_-]*|\['[^']*'\])*)\s*(?:(==|!=|<=|>=|<|>)\s*('[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|true|false|null)\s*)?\)?$/u

function filter(text: string, path: string): Step['select'] {
  const match = FILTER.exec(text)
  if (!match) throw new JsonPathFault(`The filter “${text}” can't be used in “${path}”.`)
  const [, inner = '', operator, literal = ''] = match
  const steps = parsePath(`$${inner}`)
  const wanted = operator === undefined ? undefined : literalOf(literal)
  return (value) =>
    members(value).filter((item) => {
      const found = steps.reduce<unknown[]>((values, { select }) => values.flatMap(select), [item])
      return operator === undefined ? found.length > 0 : compares(found[0], operator, wanted)
    })
}

function literalOf(text: string): unknown {
  return /^['"]/.test(text) ? unquoted(text) : (JSON.parse(text) as unknown)
}

function compares(value: unknown, operator: string, wanted: unknown): boolean {
  if (operator === '==') return value === wanted
  if (operator === '!=') return value !== wanted
  const isOrdered = typeof value === typeof wanted && (typeof value === 'number' || typeof value === 'string')
  if (!isOrdered) return operator.endsWith('=') && value === wanted
  const [one, other] = [value as number, wanted as number]
  if (operator === '<') return one < other
  if (operator === '>') return one > other
  return operator === '<=' ? one <= other : one >= other
}
