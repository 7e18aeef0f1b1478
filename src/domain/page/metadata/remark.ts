import type { Element } from '../tree/nodes.ts'

/** Whether an element stands in a comment or a review: they have authors and dates of their own. */
export function isRemark(element: Element): boolean {
  for (let at: Element['parent'] = element.parent; at && 'attribs' in at; at = at.parent) {
    const { itemprop = '', itemtype = '', itemscope } = at.attribs
    if (REMARK.test(`${itemprop} ${itemtype} ${at.attribs['class'] ?? ''}`)) return true
    if (itemscope !== undefined && itemtype !== '') return false
  }
  return false
}

const REMARK = /comment|review|answer/i
