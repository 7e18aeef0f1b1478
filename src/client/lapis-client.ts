import type { z } from 'zod'
import type { Problem } from '../contracts/api/common.ts'
import { requestFor } from './request.ts'
import type { AnswerOf, Given, ItemOf, Route } from './route.ts'

interface ClientOptions {
  /** Where the platform is, as `https://lapis.example.com`. */
  url: string
  /** An API key, or an access token. */
  key: string
  /** Another way to send requests; the global `fetch` without it. */
  fetch?: (request: Request) => Promise<Response>
}

/** The API has refused: `code` is stable, the message says what to do. */
export class LapisError extends Error {
  override name = 'LapisError'
  readonly status: number
  readonly code: string
  readonly problem: z.output<typeof Problem> | undefined
  /** After which it may be asked again, where the API says so. */
  readonly retryAfterSeconds: number | undefined

  constructor(response: Response, problem: z.output<typeof Problem> | undefined) {
    super(problem?.detail ?? `${response.url} answered ${response.status}`)
    this.status = response.status
    this.code = problem?.code ?? 'unexplained'
    this.problem = problem
    this.retryAfterSeconds = Number(response.headers.get('retry-after') ?? Number.NaN) || undefined
  }
}

/**
 * The API, typed by the shapes that its OpenAPI document is made of.
 *
 * @example
 * const lapis = new LapisClient({ url: 'http://127.0.0.1:8787', key })
 * const { data } = await lapis.call('POST /v1/scrape', { body: { url: 'https://example.com/' } })
 * for await (const page of lapis.all('GET /v1/crawls/{id}/pages', { params: { id } })) console.log(page.title)
 */
export class LapisClient {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = { ...options, url: options.url.replace(/\/$/, '') }
  }

  /** Asks once; a refusal is thrown as `LapisError`. */
  async call<Name extends Route>(route: Name, given: Given<Name>): Promise<AnswerOf<Name>> {
    const response = await this.open(route, given)
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as AnswerOf<Name>
  }

  /** Every item of a list, following the cursor to its end. */
  async *all<Name extends Route>(route: Name, given: Given<Name>): AsyncGenerator<ItemOf<Name>> {
    let cursor: string | null = null
    do {
      const query: object = { ...(given as { query?: object }).query, ...(cursor !== null && { cursor }) }
      const page = (await this.call(route, { ...given, query } as Given<Name>)) as {
        data: ItemOf<Name>[]
        nextCursor: string | null
      }
      yield* page.data
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  /** The answer as it comes: for downloads and streams. */
  async open<Name extends Route>(route: Name, given: Given<Name>): Promise<Response> {
    const { url, key, fetch: send = fetch } = this.#options
    const { path, headers, ...request } = requestFor(route, given)
    const init = { ...request, headers: { ...headers, authorization: `Bearer ${key}` } }
    const response = await send(new Request(`${url}${path}`, init))
    if (response.ok) return response
    throw new LapisError(response, await problemOf(response))
  }
}

async function problemOf(response: Response): Promise<z.output<typeof Problem> | undefined> {
  try {
    return (await response.json()) as z.output<typeof Problem>
  } catch {
    return undefined
  }
}
