import { parseRobots, standing } from '../../../../src/domain/robots/robots.ts'

/** Whether a robots.txt of these lines lets an agent fetch a path of its host. */
export function allows(lines: readonly string[] | string, agent: string, pathOrUrl: string): boolean {
  const text = typeof lines === 'string' ? lines : lines.join('\n')
  const url = pathOrUrl.startsWith('/') ? `http://foo.bar${pathOrUrl}` : pathOrUrl
  return standing(parseRobots(text), agent, url).allowed
}
