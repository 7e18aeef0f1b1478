import type { z } from 'zod'
import { Problem as FullProblem } from '../../contracts/api/common.ts'

const Problem = FullProblem.pick({ detail: true, code: true, errors: true })

/** A request that the platform refused (RFC 9457). */
export class ApiRefusal extends Error {
  override name = 'ApiRefusal'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** What the fields of a crawl request are called on the command line. */
const OPTION_OF: Readonly<Record<string, string>> = {
  url: '<url>',
  limit: '--limit',
  maxDepth: '--max-depth',
  includePaths: '--include',
  excludePaths: '--exclude',
  delayMs: '--delay',
  maxConcurrency: '--concurrency',
  'scrapeOptions.render': '--render',
  'scrapeOptions.formats': '--formats',
}

export async function refusalOf(response: Response): Promise<ApiRefusal> {
  const text = await response.text().catch(() => '')
  const problem = Problem.safeParse(jsonOf(text)).data
  if (problem) return new ApiRefusal(response.status, problem.code, wordsOf(problem))
  return new ApiRefusal(
    response.status,
    'unexplained',
    `${response.url} answered ${response.status} ${response.statusText}`.trim(),
  )
}

/** With the names that fields have here; what the platform has said of them is not said twice. */
function wordsOf({ detail, errors = [] }: z.output<typeof Problem>): string {
  const isSaid = errors.some(({ message }) => detail.includes(message))
  return [isSaid ? 'The platform refuses this crawl:' : detail, ...errors.map(fieldLine)].join('\n')
}

function fieldLine({ path, message }: { path: string; message: string }): string {
  const field = path.replace(/\.\d+$/, '')
  return `  ${OPTION_OF[field] ?? path}: ${message}`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
