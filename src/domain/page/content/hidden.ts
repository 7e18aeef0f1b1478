import type { Element } from '../tree/nodes.ts'

const HIDING_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i

/** Whether the markup itself says that browsers don't show the element. `until-found` content is found by search, so shown. */
export function isHidden(element: Element): boolean {
  const { hidden, style } = element.attribs
  if (hidden !== undefined && hidden.toLowerCase() !== 'until-found') return true
  return style !== undefined && HIDING_STYLE.test(style)
}
