import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { z } from 'zod'
import { FieldsFormat } from '../../contracts/api/fields.ts'
import { badArguments } from '../command-fault.ts'

export type FieldsWish = z.input<typeof FieldsFormat>['fields']

/** Reads `--fields`: a JSON file of fields by name, as in the API. Whether its selectors can be used is the platform's to say. */
export function fieldsFile(path: string, directory: string): FieldsWish {
  const found = FieldsFormat.shape.fields.safeParse(jsonIn(path, directory))
  if (found.success) return found.data
  const [issue] = found.error.issues
  const place = issue?.path.join('.') ?? ''
  throw badArguments(`--fields ${path}: ${place === '' ? '' : `${place}: `}${issue?.message ?? 'it has no fields'}`)
}

function jsonIn(path: string, directory: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(directory, path), 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw badArguments(`--fields needs a JSON file such as {"price":{"selector":".price","as":"price"}}: ${why}`)
  }
}
