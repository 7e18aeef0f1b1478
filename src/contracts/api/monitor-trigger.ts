import { z } from 'zod'

const Text = z.string().min(1).max(2_000)
const Texts = z.union([Text, z.array(Text).min(1).max(50)])

export type Condition =
  | { contains: string }
  | { notContains: string }
  | { field: string; is: '<' | '<=' | '>' | '>=' | '=' | '!='; value: number | string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }

const Condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ contains: Text }),
      z.strictObject({ notContains: Text }),
      z.strictObject({
        field: z.string().min(1).max(100),
        is: z.enum(['<', '<=', '>', '>=', '=', '!=']),
        value: z.union([z.number(), z.string().max(2_000)]),
      }),
      z.strictObject({ all: z.array(Condition).min(1).max(20) }),
      z.strictObject({ any: z.array(Condition).min(1).max(20) }),
      z.strictObject({ not: Condition }),
    ]),
  )
  .meta({ id: 'MonitorCondition' })

/** Which changes are told. */
export const Trigger = z
  .strictObject({
    threshold: z
      .strictObject({
        changedRatio: z.number().min(0).max(1).optional(),
        changedWords: z.number().int().min(0).optional(),
      })
      .optional()
      .meta({ description: 'Reached by any one of them' }),
    contains: Texts.optional().meta({
      description: 'Text or /regex/: nothing is told while the page does not have it',
    }),
    notContains: Texts.optional().meta({ description: 'Text or /regex/: nothing is told while the page has it' }),
    conditions: z.array(Condition).max(20).optional().meta({ description: 'All must hold; `any` and `not` nest' }),
    only: z
      .array(z.enum(['added', 'removed', 'changed']))
      .min(1)
      .max(3)
      .optional(),
    onlyNewText: z.boolean().optional().meta({ description: 'Text that was ever seen here is not new' }),
    knownStates: z
      .boolean()
      .optional()
      .meta({ description: 'false: a return to a state that was told before is told again' }),
    flap: z
      .strictObject({ start: z.number().min(0).max(100), stop: z.number().min(0).max(100) })
      .optional()
      .meta({ description: 'Per cent of flapping from which on nothing is told, and below which it is again' }),
  })
  .meta({ id: 'MonitorTrigger' })
