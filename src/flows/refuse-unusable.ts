import type { ScrapeOptions } from '../contracts/api/scrape.ts'
import type { Fault } from '../contracts/faults/fault.ts'
import { fieldFaults } from '../domain/page/fields/field-faults.ts'
import { browserSelectorFault } from '../domain/select/browser-selector.ts'
import { cssFault } from '../domain/select/css.ts'
import { NO_CREDENTIALS, hasCredentials } from './acceptable-url.ts'
import { refuseFaults } from './problem.ts'

/**
 * Refuses at the door what could not be done of any page later, or would be dropped on the way. `path` leads to the options in
 * the body. Asked beside the shape, and not of it: options that were kept before a rule came must still be readable.
 */
export function refuseUnusable(options: ScrapeOptions, path = ''): void {
  const faults = [
    ...formatFaults(options),
    ...selectorFaults(options),
    ...headerFaults(options),
    ...loginFaults(options),
  ]
  refuseFaults(faults.map((fault) => ({ ...fault, path: `${path}${fault.path}` })))
}

function formatFaults({ formats }: ScrapeOptions): Fault[] {
  const asked = formats.flatMap((format, index) =>
    typeof format === 'object' && format.type === 'fields' ? [{ format, index }] : [],
  )
  return asked.flatMap(({ format, index }, which) => [
    ...(which > 0 ? [{ path: `formats.${index}`, message: 'name all fields in one format' }] : []),
    ...fieldFaults(format.fields, `formats.${index}.fields`),
  ])
}

/** Ours are looked for in what was fetched, those of a browser in what it has made of that. */
function selectorFaults({ includeSelectors, excludeSelectors, ...options }: ScrapeOptions): Fault[] {
  const { waitFor, actions = [], loadMore, formats, auth } = options
  const ours: [string, string | undefined][] = [
    ...includeSelectors.map((selector, index): [string, string] => [`includeSelectors.${index}`, selector]),
    ...excludeSelectors.map((selector, index): [string, string] => [`excludeSelectors.${index}`, selector]),
    ['auth.successSelector', auth?.type === 'form' ? auth.successSelector : undefined],
  ]
  const browsers: [string, string | undefined][] = [
    ['waitFor', typeof waitFor === 'string' ? waitFor : undefined],
    ['loadMore.selector', loadMore?.selector],
    ...actions.map((action, index): [string, string | undefined] => [
      `actions.${index}.selector`,
      'selector' in action ? action.selector : undefined,
    ]),
    ...formats.map((format, index): [string, string | undefined] => [
      `formats.${index}.selector`,
      typeof format === 'object' && 'selector' in format ? format.selector : undefined,
    ]),
  ]
  return [...found(ours, cssFault), ...found(browsers, browserSelectorFault)]
}

function found(
  selectors: readonly [string, string | undefined][],
  faultOf: (selector: string) => string | undefined,
): Fault[] {
  return selectors.flatMap(([path, selector]) => {
    const message = selector === undefined ? undefined : faultOf(selector)
    return message === undefined ? [] : [{ path, message }]
  })
}

/** RFC 9110 §7.6.1 and §8.6: of one connection and one message, not of what is asked for. The runtime drops them. */
const OF_THE_CONNECTION =
  /^(?:host|content-length|connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|expect)$/i

function headerFaults({ headers }: ScrapeOptions): Fault[] {
  return Object.keys(headers)
    .filter((name) => OF_THE_CONNECTION.test(name))
    .map((name) => ({ path: `headers.${name}`, message: 'is set for each connection by the platform; leave it out' }))
}

function loginFaults({ auth }: ScrapeOptions): Fault[] {
  if (auth?.type !== 'form' || !hasCredentials(auth.url)) return []
  return [{ path: 'auth.url', message: NO_CREDENTIALS }]
}
