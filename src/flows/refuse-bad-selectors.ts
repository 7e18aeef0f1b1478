import { cssFault } from '../domain/select/css.ts'
import { refuseFaults } from './problem.ts'

interface Selectors {
  includeSelectors: readonly string[]
  excludeSelectors: readonly string[]
}

/** Refuses at the door what would match nothing of any page later. `path` leads to the options in the body. */
export function refuseBadSelectors(options: Selectors, path = ''): void {
  const faults = (['includeSelectors', 'excludeSelectors'] as const).flatMap((name) =>
    options[name].flatMap((selector, index) => {
      const message = cssFault(selector)
      return message === undefined ? [] : [{ path: `${path}${name}.${index}`, message }]
    }),
  )
  refuseFaults(faults)
}
