import type { WishedFormat } from '../../domain/crawl/page-formats.ts'
import { browserFormats } from '../../domain/crawl/page-formats.ts'
import { type BrowserWishes, browserNeed } from '../../domain/render/browser-wishes.ts'
import type { RenderMode } from '../../domain/render/render-mode.ts'
import type { Platform } from '../platform.ts'
import { Refusal, refuseFaults } from '../problem.ts'

export interface RenderOptions extends Omit<BrowserWishes, 'screenshot' | 'pdf'> {
  render: RenderMode
  formats: readonly WishedFormat[]
}

/** Refuses what takes a browser where none is to be used, or there is none. `path` leads to the options in the body. */
export function refuseUnrenderable(platform: Platform, options: RenderOptions, path = ''): void {
  const need = needOf(options)
  if (options.render === 'never' && need !== undefined)
    refuseFaults([{ path: `${path}render`, message: `\`never\` leaves no browser for ${need}` }])
  const wish = need ?? (options.render === 'always' ? '`"render": "always"`' : undefined)
  if (wish === undefined || platform.openRenderer) return
  const detail = `This platform has no browser for ${wish}: its operator has switched rendering off.`
  throw new Refusal(422, 'render_failed', detail)
}

/** What of the options only a browser can give, by its name. */
export function needOf(options: RenderOptions): string | undefined {
  return browserNeed({ ...options, ...browserFormats(options.formats) })
}
