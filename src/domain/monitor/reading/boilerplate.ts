import { Element } from '../../page/tree/nodes.ts'

const ROLES = new Set(['navigation', 'contentinfo', 'search', 'banner'])
/** Whole words of class names and ids that say what a box is for. */
const AD =
  /(?:^|[\s_-])(?:ad|ads|adbox|adslot|advert|adverts|advertisement|adsbygoogle|sponsor|sponsored|sponsors|promoted|promo|taboola|outbrain|dfp|gpt-ad)(?:$|[\s_-])/i
const CONSENT = /(?:^|[\s_-])(?:cookie|cookies|consent|gdpr|cookiebar|cookieconsent|onetrust|cmp)(?:$|[\s_-])/i
const SECTIONING = new Set(['article', 'section', 'main', 'li', 'blockquote', 'td'])

/** Parts that pages have for getting around, for advertising and for consent. A footer inside an article belongs to it. */
export function isBoilerplate(element: Element): boolean {
  const { name, attribs } = element
  if (name === 'nav') return true
  if (name === 'body' || name === 'html' || name === 'main' || name === 'article') return false
  const role = attribs['role']?.trim().toLowerCase()
  if (role !== undefined && ROLES.has(role)) return true
  if (name === 'footer') return !isInside(element, SECTIONING)
  return (
    isNamed(attribs['class']) ||
    isNamed(attribs['id']) ||
    CONSENT.test(attribs['aria-label'] ?? '') ||
    'data-ad-slot' in attribs
  )
}

function isNamed(words: string | undefined): boolean {
  return words !== undefined && (AD.test(words) || CONSENT.test(words))
}

function isInside(element: Element, names: ReadonlySet<string>): boolean {
  for (let around = element.parent; around; around = around.parent) {
    if (around instanceof Element && names.has(around.name)) return true
  }
  return false
}
