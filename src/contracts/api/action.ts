import { z } from 'zod'

const Selector = z.string().min(1).max(500).meta({ description: 'CSS: the first element that matches' })

/** Keys by the names that the UI Events specification gives them, or one character; with modifiers before them. */
const MODIFIERS = '(?:(?:Control|Shift|Alt|Meta)\\+)*'
const NAMED_KEYS =
  'Enter|Tab|Escape|Backspace|Delete|Insert|Home|End|PageUp|PageDown|ArrowUp|ArrowDown|ArrowLeft|ArrowRight|Space|F[1-9]|F1[0-2]'
const Key = z
  .string()
  .max(50)
  .regex(
    new RegExp(`^${MODIFIERS}(?:${NAMED_KEYS}|[!-~])$`),
    'must be a key such as `Enter`, `Tab`, `ArrowDown` or `a`, with `Control+`, `Shift+`, `Alt+`, `Meta+` before it where wished',
  )
  .meta({ example: 'Enter' })

const Click = z.strictObject({ type: z.literal('click'), selector: Selector })

const Type = z.strictObject({
  type: z.literal('type'),
  selector: Selector.optional().meta({ description: 'CSS; without it, what has the focus' }),
  text: z.string().min(1).max(2_000),
  clear: z.boolean().default(false).meta({ description: 'Take away what is there first' }),
})

const Press = z.strictObject({ type: z.literal('press'), key: Key })

const Scroll = z.strictObject({
  type: z.literal('scroll'),
  direction: z.enum(['up', 'down', 'left', 'right']).default('down'),
  pixels: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .meta({ description: 'By default what can be seen at a time' }),
  selector: Selector.optional().meta({ description: 'CSS; without it, the window' }),
})

const Wait = z
  .strictObject({
    type: z.literal('wait'),
    milliseconds: z.number().int().min(1).max(60_000).optional(),
    selector: Selector.optional().meta({ description: 'CSS: until it is there' }),
  })
  .refine(
    ({ milliseconds, selector }) => (milliseconds === undefined) !== (selector === undefined),
    'wait for `milliseconds` or for a `selector`',
  )

const Screenshot = z
  .strictObject({
    type: z.literal('screenshot'),
    fullPage: z.boolean().default(false),
    format: z.enum(['png', 'jpeg', 'webp']).default('png'),
    quality: z.number().int().min(1).max(100).optional().meta({ description: 'Of JPEG and WebP; 80 by default' }),
    selector: Selector.optional(),
  })
  .refine(({ format, quality }) => format !== 'png' || quality === undefined, {
    path: ['quality'],
    message: 'is for `jpeg` and `webp`; a PNG has none',
  })

const Evaluate = z.strictObject({
  type: z.literal('evaluate'),
  script: z.string().min(1).max(5_000).meta({
    description: 'JavaScript, in the page: its last value, awaited, is the result as JSON, up to 20,000 characters',
    example: 'document.title',
  }),
})

/** They travel with every lease of a crawl, in a message. */
const MOST_CHARACTERS = 20_000

export const Actions = z
  .array(z.discriminatedUnion('type', [Click, Type, Press, Scroll, Wait, Screenshot, Evaluate]))
  .min(1)
  .max(50)
  .refine((actions) => actions.filter(({ type }) => type === 'screenshot').length <= 10, 'take at most 10 screenshots')
  .refine(
    (actions) => JSON.stringify(actions).length <= MOST_CHARACTERS,
    `have at most ${MOST_CHARACTERS} characters together`,
  )
  .meta({
    id: 'Actions',
    description:
      'Done in order once the page stands and `waitFor` is there, before it is read; the first that fails ends it. They force a browser.',
  })

/** What actions brought to light. */
export const ActionResults = z
  .object({
    screenshots: z.array(z.object({ index: z.number().int(), url: z.string() })).meta({
      description: 'Of captures, as `screenshotUrl`, with the place of the action among `actions`',
    }),
    evaluations: z.array(z.object({ index: z.number().int(), value: z.unknown() })),
  })
  .meta({ id: 'ActionResults' })
