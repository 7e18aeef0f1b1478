import { encodeCursor } from './cursor.ts'

/** Part of a list, newest first, and whether there is more of it. */
export interface Page<Item> {
  items: Item[]
  more: boolean
}

/** As callers get it; what comes next is before the last one. */
export function listed<Item extends { id: string }>({ items, more }: Page<Item>) {
  const last = items.at(-1)
  return { data: items, nextCursor: more && last ? encodeCursor({ before: last.id }) : null }
}
