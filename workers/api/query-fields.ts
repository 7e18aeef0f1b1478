import type { MiddlewareHandler } from 'hono'
import type { ZodOpenApiPathItemObject } from 'zod-openapi'
import { paths } from '../../src/contracts/openapi/paths.ts'
import { invalid } from '../../src/flows/problem.ts'
import type { ApiTypes } from './context.ts'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Of operations that take a query, their own handlers say what is not known. */
const OPERATIONS = Object.entries(paths as Record<string, ZodOpenApiPathItemObject>).map(([path, item]) => ({
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  takesQuery: (method: string) => item[method as Method]?.requestParams?.query !== undefined,
  has: (method: string) => item[method as Method] !== undefined,
}))

/** A query where none is taken was meant for something else, and is refused before it is too late. */
export const refuseUnknownQuery: MiddlewareHandler<ApiTypes> = async (c, next) => {
  const names = Object.keys(c.req.query())
  if (names.length > 0 && takesNone(c.req.method, c.req.path))
    throw invalid(names.map((path) => ({ path, message: 'is not known here: this takes no query' })))
  await next()
}

function takesNone(method: string, path: string): boolean {
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
  const operation = OPERATIONS.find(({ pattern, has }) => pattern.test(path) && has(verb))
  return operation !== undefined && !operation.takesQuery(verb)
}
