/** Wrappers that Nuxt puts around values: they hold one other value. */
const WRAPPERS: ReadonlySet<unknown> = new Set([
  'Reactive',
  'ShallowReactive',
  'Ref',
  'ShallowRef',
  'Island',
  'NuxtError',
])
const MOST_DEPTH = 60

/**
 * Values as devalue writes them, Nuxt 3's way: a list whose first item is the root, with places in the list for values.
 * What repeats is one object; what refers to itself ends there.
 */
export function hydrate(list: unknown): unknown {
  if (!Array.isArray(list)) return list
  const done = new Map<number, unknown>()
  const at = (place: unknown, depth: number): unknown => {
    if (typeof place !== 'number' || place < 0 || depth > MOST_DEPTH) return undefined
    if (done.has(place)) return done.get(place)
    done.set(place, undefined)
    const value = valueOf(list[place], (inner) => at(inner, depth + 1))
    done.set(place, value)
    return value
  }
  return at(0, 0)
}

function valueOf(item: unknown, at: (place: unknown) => unknown): unknown {
  if (Array.isArray(item)) {
    const [kind, place] = item as unknown[]
    if (typeof kind !== 'string') return item.map(at)
    return WRAPPERS.has(kind) ? at(place) : undefined
  }
  if (typeof item !== 'object' || item === null) return item
  return Object.fromEntries(Object.entries(item).map(([key, place]) => [key, at(place)]))
}
