/** A page of a list of the API. */
export interface Listed<Item> {
  data: Item[]
  nextCursor: string | null
}

/** The path of a list of the API, from where the page before has ended. */
export function from(path: string, cursor: string | undefined): string {
  return cursor === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`
}
