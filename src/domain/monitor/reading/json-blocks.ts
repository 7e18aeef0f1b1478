import { BlockList } from './block-list.ts'

/** Objects and lists inside one another that are looked into. */
const MOST_LEVELS = 100
/** Members that name an object among its siblings, so that its place need not. */
const NAMING = ['id', '@id', 'key', 'slug', 'sku', 'uuid', 'name', 'title', 'url']

/** JSON as blocks: an object's own values are one, each list item too. The order of keys means nothing. */
export function jsonBlocks(values: readonly unknown[]): BlockList {
  const list = new BlockList()
  for (const value of values) walk(value, '$', list, 0)
  return list
}

function walk(value: unknown, path: string, list: BlockList, level: number): void {
  if (level > MOST_LEVELS) return
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) =>
      walk(item, `${path}[${nameOf(item) ?? (isScalar(item) ? '' : index)}]`, list, level + 1),
    )
  } else if (isScalar(value)) {
    list.add(text(value), { kind: 'value', under: path, item: path.endsWith('[]'), name: path })
  } else {
    walkObject(value as object, path, list, level)
  }
}

function walkObject(value: object, path: string, list: BlockList, level: number): void {
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  const own = members.filter(([, inner]) => isScalar(inner))
  if (path === '$')
    for (const [key, inner] of own) list.add(`${key}: ${text(inner)}`, { kind: key, under: path, name: `$.${key}` })
  else
    list.add(own.map(([key, inner]) => `${key}: ${text(inner)}`).join(', '), {
      kind: 'object',
      under: path,
      name: path,
    })
  for (const [key, inner] of members) if (!isScalar(inner)) walk(inner, `${path}.${key}`, list, level + 1)
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  for (const [key, value] of Object.entries(item)) {
    if (NAMING.includes(key) && (typeof value === 'string' || typeof value === 'number')) return `${key}=${value}`
  }
  return undefined
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
