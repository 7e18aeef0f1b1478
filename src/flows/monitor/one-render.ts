import type { CreateMonitor } from '../../contracts/api/monitor.ts'
import { invalid } from '../problem.ts'

type Rendered = Pick<CreateMonitor, 'render' | 'scrapeOptions'>

/** As it is kept: options that are older than this rule may name `render` among them, where it never meant anything. */
export function withoutSecondRender<Kept extends Rendered>(kept: Kept): Kept {
  if (!kept.scrapeOptions) return kept
  const { render: _unused, ...scrapeOptions } = kept.scrapeOptions
  return { ...kept, scrapeOptions }
}

/** `render` of a monitor may be given among its `scrapeOptions` as well, and is kept and shown in one place. */
export function withOneRender<Wanted extends Rendered>(wanted: Wanted): Wanted {
  if (!wanted.scrapeOptions) return wanted
  const { render: named = 'auto', ...scrapeOptions } = wanted.scrapeOptions
  if (named === 'auto') return { ...wanted, scrapeOptions }
  if (wanted.render !== 'auto' && wanted.render !== named)
    throw invalid([
      { path: 'scrapeOptions.render', message: 'is another than `render`, which says the same; leave it out' },
    ])
  return { ...wanted, render: named, scrapeOptions }
}
