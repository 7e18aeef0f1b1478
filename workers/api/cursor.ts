import { z } from 'zod'
import { Refusal } from '../../src/flows/problem.ts'

/** Cursors are opaque to callers: a place in a list, as base64url JSON. */
export function encodeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

export function decodeCursor<Shape extends z.ZodType>(
  cursor: string | undefined,
  shape: Shape,
): z.output<Shape> | undefined {
  if (cursor === undefined) return undefined
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    const message = 'not a cursor of this list; use the nextCursor of the page before, unchanged'
    throw new Refusal(400, 'validation_failed', `cursor: ${message}`, { errors: [{ path: 'cursor', message }] })
  }
}
