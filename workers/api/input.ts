import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { readAs } from '../../src/contracts/faults/read-as.ts'
import { Refusal, invalid } from '../../src/flows/problem.ts'
import type { ApiTypes } from './context.ts'

/** Largest JSON body that any route takes. */
const MAX_BODY_BYTES = 1_000_000
/** More than anything here has a use for. */
const MAX_LEVELS = 64

/** The request body as JSON of the expected shape; every way of being wrong has its own answer. */
export async function body<Shape extends z.ZodType>(c: Context<ApiTypes>, shape: Shape): Promise<z.output<Shape>> {
  return checked(shape, parsed(await bodyText(c)))
}

/** The same where everything in it may be left out, and so may the body. */
export async function optionalBody<Shape extends z.ZodType>(
  c: Context<ApiTypes>,
  shape: Shape,
): Promise<z.output<Shape>> {
  if ((await sentText(c)) === '') return shape.parse({})
  return body(c, shape)
}

/** For routes that take no fields: a body that has some was meant for something else, and is refused before it is too late. */
export const bodiless: MiddlewareHandler<ApiTypes> = async (c, next) => {
  await optionalBody(c, z.strictObject({}))
  await next()
}

/** The body as sent, which also is what an Idempotency-Key is bound to; read once, asked for as often as needed. */
export async function bodyText(c: Context<ApiTypes>): Promise<string> {
  const type = c.req.header('content-type') ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new Refusal(415, 'unsupported_media_type', `Send JSON with "Content-Type: application/json", not "${type}".`)
  }
  return sentText(c)
}

async function sentText(c: Context<ApiTypes>): Promise<string> {
  const text = c.get('bodyText') ?? (await cappedText(c.req.raw))
  c.set('bodyText', text)
  return text
}

/** Reads no further than the limit: what a caller claims in Content-Length need not be true. */
async function cappedText(request: Request): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES)
      throw new Refusal(413, 'body_too_large', `The body may have at most ${MAX_BODY_BYTES} bytes.`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

async function* chunksOf({ body: stream }: Request): AsyncGenerator<Uint8Array> {
  const chunks = (stream ?? []) as AsyncIterable<Uint8Array>
  try {
    yield* chunks
  } catch {
    // Whoever has gone hears nothing of it; a proxy in between may.
    throw new Refusal(400, 'malformed_json', 'The body broke off before its end.')
  }
}

function parsed(text: string): unknown {
  const value = parsedJson(text)
  if (levelsOf(value) > MAX_LEVELS)
    throw invalid([{ path: '', message: `may be nested at most ${MAX_LEVELS} levels deep` }])
  return value
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The engine shows some of the text, which may be a password.
    const reason = (error as Error).message.replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, '')
    throw new Refusal(400, 'malformed_json', `The body is not JSON: ${reason}.`)
  }
}

/** Counted level by level: shapes that contain themselves are walked by calls within calls, of which there is an end. */
function levelsOf(value: unknown): number {
  let levels = 0
  let level = [value].filter(isNesting)
  while (level.length > 0 && levels <= MAX_LEVELS) {
    level = level.flatMap((outer) => Object.values(outer).filter(isNesting))
    levels += 1
  }
  return levels
}

function isNesting(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

export function query<Shape extends z.ZodType>(c: Context<ApiTypes>, shape: Shape): z.output<Shape> {
  return checked(shape, c.req.query())
}

/** A path parameter that must be an id; what is no id names nothing. */
export function id(c: Context<ApiTypes>, what: string): string {
  const value = c.req.param('id') ?? ''
  if (!z.uuid().safeParse(value).success)
    throw new Refusal(404, 'not_found', `There is no such ${what} in this workspace.`)
  return value.toLowerCase()
}

function checked<Shape extends z.ZodType>(shape: Shape, value: unknown): z.output<Shape> {
  const read = readAs(shape, value)
  if (!read.ok) throw invalid(read.faults)
  refuseUnstorable(value)
  return read.value
}

/**
 * Postgres takes neither U+0000 nor half a surrogate pair, in text or in JSON, and nobody means them. Asked after the shape,
 * which bounds what there is to walk.
 */
function refuseUnstorable(value: unknown): void {
  const left: { path: string; value: unknown }[] = [{ path: '', value }]
  for (let next = left.pop(); next; next = left.pop()) {
    const { path, value: found } = next
    if (typeof found === 'string' && !isStorable(found)) throw unstorable(path)
    if (typeof found !== 'object' || found === null) continue
    for (const [key, inner] of Object.entries(found)) {
      if (!isStorable(key)) throw unstorable(path)
      left.push({ path: path === '' ? key : `${path}.${key}`, value: inner })
    }
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function unstorable(path: string): Refusal {
  return invalid([{ path, message: 'has a character that can not be stored: U+0000, or half of a surrogate pair' }])
}
