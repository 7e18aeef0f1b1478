import type { z } from 'zod'
import { invalid } from '../../src/flows/problem.ts'

/** Cursors are opaque to callers: a place in a list, as base64url of ASCII JSON. */
export function encodeCursor(place: object): string {
  return btoa(JSON.stringify(place)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

export function decodeCursor<Shape extends z.ZodType>(
  cursor: string | undefined,
  shape: Shape,
): z.output<Shape> | undefined {
  if (cursor === undefined) return undefined
  try {
    return shape.parse(JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))))
  } catch {
    const message = 'is no cursor of this list; use the `nextCursor` of the page before, unchanged'
    throw invalid([{ path: 'cursor', message }])
  }
}
