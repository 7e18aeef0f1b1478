import { z } from 'zod'
import type { FieldKind } from '../../domain/page/fields/field-rules.ts'

const KINDS = [
  'text',
  'html',
  'markdown',
  'number',
  'price',
  'currency',
  'date',
  'url',
] as const satisfies readonly FieldKind[]

const Field = z
  .strictObject({
    selector: z.string().min(1).max(500).meta({
      description: 'CSS; XPath where it begins with `/`, `./`, `../` or `xpath:`',
    }),
    attribute: z.string().min(1).max(100).optional().meta({ description: 'Read instead of the text' }),
    all: z.boolean().optional().meta({ description: 'true: a list of all matches; false: the first one' }),
    as: z.enum(KINDS).optional().meta({
      description:
        'Default `text`. `number` and `price` are numbers, `currency` is ISO 4217, `date` ISO 8601, `url` absolute; null where the page has none',
    }),
    locale: z.string().min(2).max(35).optional().meta({
      description: 'BCP 47: how numbers and dates are written; default: the language of the page',
      example: 'de-DE',
    }),
    get fields() {
      return Fields.optional().meta({ description: 'Each match is a record of these, looked for inside it' })
    },
  })
  .meta({ id: 'Field' })

const Fields = z.record(z.string().min(1).max(100), Field)

/** Values that a page is read for, by CSS or XPath. */
export const FieldsFormat = z
  .strictObject({
    type: z.literal('fields'),
    fields: Fields.meta({
      description: 'At most 100 in all, 4 deep',
      example: { title: { selector: 'h1' }, price: { selector: '.price', as: 'price' } },
    }),
  })
  .meta({ id: 'FieldsFormat' })
