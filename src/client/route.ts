import type { z } from 'zod'
import type { paths } from '../contracts/openapi/paths.ts'

type Paths = typeof paths
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** An operation as one names it: "POST /v1/crawls", "GET /v1/crawls/{id}". */
export type Route = {
  [Path in keyof Paths]: `${Uppercase<keyof Paths[Path] & Method>} ${Path}`
}[keyof Paths]

type OperationOf<Name extends Route> = Name extends `${infer Verb} ${infer Path extends keyof Paths}`
  ? Paths[Path][Lowercase<Verb> & keyof Paths[Path]]
  : never

type Parameters<Name extends Route, Where extends 'path' | 'query'> =
  OperationOf<Name> extends { requestParams: Record<Where, infer Shape extends z.ZodType> } ? z.input<Shape> : undefined

type BodyOf<Name extends Route> =
  OperationOf<Name> extends {
    requestBody: { content: { 'application/json': { schema: infer Shape extends z.ZodType } } }
  }
    ? z.input<Shape>
    : undefined

/** What must be given is asked for; what is optional, or all of whose parts are, may be left out. */
type Wanted<Name extends string, Value> = Value extends undefined
  ? { [Absent in Name]?: undefined }
  : object extends Value
    ? { [Optional in Name]?: Value }
    : { [Needed in Name]: Value }

/** What an operation takes: path parameters, query, body; and for what creates, a key that makes it safe to repeat. */
export type Given<Name extends Route> = Wanted<'params', Parameters<Name, 'path'>> &
  Wanted<'query', Parameters<Name, 'query'>> &
  Wanted<'body', BodyOf<Name>> & { idempotencyKey?: string }

type JsonOf<Responses, Status extends number> = Responses extends {
  [Code in Status]: { content: { 'application/json': { schema: infer Shape extends z.ZodType } } }
}
  ? z.output<Shape>
  : never

type Responses<Name extends Route> = OperationOf<Name> extends { responses: infer All } ? All : never

type SomeAnswer<Name extends Route> =
  | JsonOf<Responses<Name>, 200>
  | JsonOf<Responses<Name>, 201>
  | JsonOf<Responses<Name>, 202>

/** What it answers; undefined where there is nothing to say. */
export type AnswerOf<Name extends Route> = [SomeAnswer<Name>] extends [never] ? undefined : SomeAnswer<Name>

/** Lists, by what an item is. */
export type ItemOf<Name extends Route> =
  AnswerOf<Name> extends { data: (infer Item)[]; nextCursor: string | null } ? Item : never
