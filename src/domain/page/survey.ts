import { Element, type ParentNode, Text } from './tree/nodes.ts'
import { attribute, textInside } from './tree/reading-nodes.ts'

/** What one walk over the whole tree notes for everybody who needs elements by name. */
export interface Survey {
  baseHref: string | undefined
  titleText: string
  htmlLanguage: string
  /** `<meta>` content by lower-case name, property, itemprop or http-equiv, in document order. */
  metas: Map<string, string[]>
  /** `a`, `area` and `link` elements that have an href, in document order. */
  linked: Element[]
  /** `frame` and `iframe` elements. */
  frames: Element[]
  images: Element[]
  jsonLd: string[]
  times: Element[]
  headings: Element[]
  /** `h2` and `h3`. */
  subheadings: Element[]
  /** Elements whose `itemprop` tells when and by whom something was written. */
  credits: Element[]
}

export function survey(root: ParentNode): Survey {
  const seen: Survey = {
    baseHref: undefined,
    titleText: '',
    htmlLanguage: '',
    metas: new Map(),
    linked: [],
    frames: [],
    images: [],
    jsonLd: [],
    times: [],
    headings: [],
    subheadings: [],
    credits: [],
  }
  visit(root, seen)
  return seen
}

function visit(node: ParentNode, seen: Survey): void {
  for (const child of node.children) {
    if (!(child instanceof Element)) continue
    NOTES[child.name]?.(child, seen)
    if (child.attribs['itemprop'] !== undefined) noteCredit(child, seen)
    if (child.children.length > 0) visit(child, seen)
  }
}

type Note = (element: Element, seen: Survey) => void

function noteLinked(element: Element, seen: Survey): void {
  if (element.attribs['href'] !== undefined) seen.linked.push(element)
}

function noteFrame(element: Element, seen: Survey): void {
  seen.frames.push(element)
}

/** The first ones are the page's, later ones those of its comments. */
const MOST_CREDITS = 50
const CREDIT = /(?:^|\s)(?:author|creator|date(?:Published|Modified|Created))(?:\s|$)/

function noteCredit(element: Element, seen: Survey): void {
  if (seen.credits.length < MOST_CREDITS && CREDIT.test(attribute(element, 'itemprop'))) seen.credits.push(element)
}

function noteSubheading(element: Element, seen: Survey): void {
  seen.subheadings.push(element)
}

const NOTES: { [name: string]: Note } = Object.assign(Object.create(null) as object, {
  a: noteLinked,
  area: noteLinked,
  link: noteLinked,
  frame: noteFrame,
  iframe: noteFrame,
  base: (element, seen) => {
    seen.baseHref ??= element.attribs['href']
  },
  title: (element, seen) => {
    if (seen.titleText === '' && !insideSvg(element)) seen.titleText = textInside(element)
  },
  html: (element, seen) => {
    seen.htmlLanguage ||= attribute(element, 'lang') || attribute(element, 'xml:lang')
  },
  meta: (element, seen) => noteMeta(element, seen.metas),
  img: (element, seen) => {
    seen.images.push(element)
  },
  time: (element, seen) => {
    seen.times.push(element)
  },
  h1: (element, seen) => {
    seen.headings.push(element)
  },
  h2: noteSubheading,
  h3: noteSubheading,
  script: (element, seen) => {
    const [text] = element.children
    if (text instanceof Text && /ld\+json/i.test(attribute(element, 'type'))) seen.jsonLd.push(text.data)
  },
} satisfies { [name: string]: Note })

function insideSvg(element: Element): boolean {
  return element.parent instanceof Element && element.parent.name === 'svg'
}

function noteMeta(element: Element, metas: Map<string, string[]>): void {
  const content = element.attribs['content']?.trim()
  if (!content) return
  for (const key of ['name', 'property', 'itemprop', 'http-equiv']) {
    const name = attribute(element, key).toLowerCase()
    if (name === '') continue
    const known = metas.get(name)
    if (known) known.push(content)
    else metas.set(name, [content])
  }
}
