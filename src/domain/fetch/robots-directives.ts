export interface RobotsDirectives {
  nofollow: boolean
  noindex: boolean
}

/** Directives that have a value behind a colon, which is no agent's name in front of one. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  'unavailable_after',
  'max-snippet',
  'max-image-preview',
  'max-video-preview',
])

/**
 * What X-Robots-Tag headers say to everybody and to this product. Values may name an agent (`googlebot: noindex`), for
 * which they hold up to the next name, also where several headers were joined by commas. Any prohibition counts.
 */
export function robotsDirectives(values: readonly string[], productToken: string): RobotsDirectives {
  const said = values.flatMap((value) => directivesFor(value, productToken.toLowerCase()))
  const none = said.includes('none')
  return { nofollow: none || said.includes('nofollow'), noindex: none || said.includes('noindex') }
}

function directivesFor(value: string, productToken: string): string[] {
  let addressed = true
  return value
    .toLowerCase()
    .split(',')
    .flatMap((part) => {
      const [, name, rest] = /^\s*([a-z0-9*_-]+)\s*:(.*)$/.exec(part) ?? []
      if (name === undefined || rest === undefined || WITH_VALUE.has(name)) return addressed ? [part.trim()] : []
      addressed = name === productToken || name === '*'
      return addressed ? [rest.trim()] : []
    })
}
