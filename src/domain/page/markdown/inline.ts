import { type ChildNode, Element, type ParentNode, Text } from '../tree/nodes.ts'
import { UNREAD, names } from '../tree/element-kinds.ts'
import { attribute, collapse, textInside } from '../tree/reading-nodes.ts'
import { codeSpan, exactText } from './code.ts'
import { destination, escapeLineStart, escapeText } from './escape.ts'
import { imageAlt, imageUrl } from './image.ts'
import { MARK, finishInk, withoutControls } from './ink.ts'
import { isMath, mathSource } from './math.ts'
import type { Writing } from './writing.ts'

/** Inside what the writer stands: markup that can't nest is written once, by the outermost. */
interface Inside {
  strong: boolean
  emphasis: boolean
  strike: boolean
  link: boolean
}

const PLAIN: Inside = { strong: false, emphasis: false, strike: false, link: false }
const STRONG = names('b strong')
const EMPHASIS = names('i em cite dfn var')
const STRIKE = names('del s strike')
const CODE = names('code tt samp')
/** Markdown has no notation for these, and is allowed to contain HTML. */
const KEPT_HTML = names('sub sup kbd')
const NO_TEXT = new Set([...UNREAD, ...names('input select textarea button label option')])
NO_TEXT.delete('button')
NO_TEXT.delete('label')

/** Nodes that stand in one line, as Markdown; lines of a `<br>` apart. */
export function writeLine(writing: Writing, nodes: readonly ChildNode[]): string {
  const link = writing.link
  const parts: string[] = []
  const inside = link === undefined ? PLAIN : { ...PLAIN, link: true }
  for (let at = 0; at < nodes.length; at++) write(writing, nodes, at, inside, parts)
  const ink = parts.join('')
  const whole = link === undefined ? ink : `${MARK.linkOpen}${ink}${MARK.linkClose}${destination(link)}${MARK.linkEnd}`
  const line = finishInk(whole)
  if (line !== '' && link !== undefined) writing.link = undefined
  return line.includes('\n') ? line.split('\n').map(escapeLineStart).join('\n') : escapeLineStart(line)
}

function write(writing: Writing, siblings: readonly ChildNode[], at: number, inside: Inside, parts: string[]): void {
  const node = siblings[at]
  if (node instanceof Text)
    parts.push(escapeText(withoutControls(node.data), inside.link, firstCharacter(siblings[at + 1])))
  else if (node instanceof Element && !writing.drops(node)) writeElement(writing, node, inside, parts)
}

/** Text stands in pieces where a tag between them was nothing. */
function firstCharacter(next: ChildNode | undefined): string {
  return next instanceof Text ? next.data.charAt(0) : ''
}

function writeElement(writing: Writing, element: Element, inside: Inside, parts: string[]): void {
  const { name } = element
  if (name === 'br') parts.push(MARK.break)
  else if (name === 'img') writeImage(writing, element, parts)
  else if (name === 'a') writeLink(writing, element, inside, parts)
  else if (isMath(element)) parts.push(mathSource(element))
  else if (NO_TEXT.has(name)) writeEmbedded(writing, element, inside, parts)
  else if (CODE.has(name)) parts.push(withoutControls(codeSpan(exactText(element))))
  else if (KEPT_HTML.has(name)) writeHtml(writing, element, inside, parts)
  else if (name === 'noscript') writeNoScript(writing, element, inside, parts)
  else if (name === 'q') writeBetween(writing, element, inside, { parts, open: '“', close: '”' })
  else writeEmphasised(writing, element, inside, parts)
}

function writeAll(writing: Writing, node: ParentNode, inside: Inside, parts: string[]): void {
  const { children } = node
  for (let at = 0; at < children.length; at++) write(writing, children, at, inside, parts)
}

function writeBetween(
  writing: Writing,
  element: Element,
  inside: Inside,
  { parts, open, close }: { parts: string[]; open: string; close: string },
): void {
  parts.push(open)
  writeAll(writing, element, inside, parts)
  parts.push(close)
}

function writeEmphasised(writing: Writing, element: Element, inside: Inside, parts: string[]): void {
  const { name } = element
  if (STRONG.has(name) && !inside.strong) {
    writeBetween(
      writing,
      element,
      { ...inside, strong: true },
      { parts, open: MARK.strongOpen, close: MARK.strongClose },
    )
  } else if (EMPHASIS.has(name) && !inside.emphasis) {
    const marks = { parts, open: MARK.emphasisOpen, close: MARK.emphasisClose }
    writeBetween(writing, element, { ...inside, emphasis: true }, marks)
  } else if (STRIKE.has(name) && !inside.strike) {
    writeBetween(
      writing,
      element,
      { ...inside, strike: true },
      { parts, open: MARK.strikeOpen, close: MARK.strikeClose },
    )
  } else writeAll(writing, element, inside, parts)
}

function writeHtml(writing: Writing, element: Element, inside: Inside, parts: string[]): void {
  if (textInside(element) === '') return writeAll(writing, element, inside, parts)
  writeBetween(writing, element, inside, { parts, open: `<${element.name}>`, close: `</${element.name}>` })
}

function writeImage(writing: Writing, image: Element, parts: string[]): void {
  const url = imageUrl(image, writing.resolver)
  if (url === null) return
  const alt = withoutControls(imageAlt(image)).replace(/[\\[\]`*_]/g, '\\$&')
  parts.push(`![${alt}](${destination(url)})`)
}

/** We are a reader without scripts, so `noscript` is for us; but an image in it doubles the lazy one beside it. */
function writeNoScript(writing: Writing, element: Element, inside: Inside, parts: string[]): void {
  if (textInside(element) !== '') writeAll(writing, element, inside, parts)
}

const PERMALINK = /^(?:[#¶§🔗\u{1f517}\uf0c1\uf470]|permalink|link to this (?:heading|section|definition)|anchor)?$/iu

function writeLink(writing: Writing, anchor: Element, inside: Inside, parts: string[]): void {
  const href = attribute(anchor, 'href')
  const url = href === '' || inside.link ? null : linkTarget(writing, href)
  if (href.startsWith('#') && PERMALINK.test(collapse(textInside(anchor))) && !holdsImage(anchor)) return
  if (url === null) return writeAll(writing, anchor, inside, parts)
  const close = `${MARK.linkClose}${destination(url)}${MARK.linkEnd}`
  writeBetween(writing, anchor, { ...inside, link: true }, { parts, open: MARK.linkOpen, close })
}

export function linkTarget(writing: Writing, href: string): string | null {
  return /^(?:mailto|tel):[^\s]/i.test(href) ? href : writing.resolver.web(href)
}

function holdsImage(element: Element): boolean {
  return element.children.some((child) => child instanceof Element && (child.name === 'img' || holdsImage(child)))
}

/** Frames are where videos and maps are: a link says so. Everything else that isn't text leaves nothing. */
function writeEmbedded(writing: Writing, element: Element, inside: Inside, parts: string[]): void {
  if (element.name !== 'iframe' || inside.link) return
  const url = writing.resolver.web(attribute(element, 'src') || attribute(element, 'data-src'))
  const title = collapse(attribute(element, 'title'))
  if (url === null || title === '' || attribute(element, 'src') === '') return
  parts.push(
    `${MARK.linkOpen}${escapeText(withoutControls(title), true)}${MARK.linkClose}${destination(url)}${MARK.linkEnd}`,
  )
}
