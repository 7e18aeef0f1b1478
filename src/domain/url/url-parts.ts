/** Host with its port, of an absolute canonical URL: cheaper than parsing what was parsed already. */
export function hostOf(url: string): string {
  const start = url.indexOf('://') + 3
  const end = url.indexOf('/', start)
  return end === -1 ? url.slice(start) : url.slice(start, end)
}

/** Path and query as they stand in an absolute canonical URL. */
export function pathAndQueryOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  return start === -1 ? '/' : url.slice(start)
}

/** Segments that are not empty, and parameters as `name=value`. */
export function partsOf(url: string): { segments: string[]; parameters: string[] } {
  const text = pathAndQueryOf(url)
  const mark = text.indexOf('?')
  const path = mark === -1 ? text : text.slice(0, mark)
  const segments = path.split('/').filter((segment) => segment !== '')
  return { segments, parameters: mark === -1 ? [] : text.slice(mark + 1).split('&') }
}
