import type { z } from 'zod'
import type { Fault } from './fault.ts'
import { faultsOf } from './faults-of.ts'
import { words } from './words.ts'

export type ReadAs<Value> = { ok: true; value: Value } | { ok: false; faults: Fault[] }

/** A value that came from outside, as a shape has it; or what is wrong with it, in plain words. */
export function readAs<Shape extends z.ZodType>(shape: Shape, value: unknown): ReadAs<z.output<Shape>> {
  const result = shape.safeParse(value, { error: words })
  return result.success ? { ok: true, value: result.data } : { ok: false, faults: faultsOf(result.error.issues, value) }
}
