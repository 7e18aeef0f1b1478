import { elementsOf, inside } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'

/** What a paragraph's style says of its place in the document. */
export interface DocxStyle {
  /** 1 to 6. */
  heading?: number
  /** The list that the style makes of its paragraphs. */
  list?: XmlElement
}

/** Styles by id, with what they inherit. */
export function docxStyles(root: XmlElement | undefined): Map<string, DocxStyle> {
  const byId = new Map<string, XmlElement>()
  for (const style of elementsOf(root)) if (style.name === 'style') byId.set(style.attributes['styleId'] ?? '', style)
  return new Map([...byId.keys()].map((id) => [id, styleOf(byId, id, new Set())]))
}

function styleOf(byId: ReadonlyMap<string, XmlElement>, id: string, seen: Set<string>): DocxStyle {
  const style = byId.get(id)
  // A style that is based on itself is no style.
  if (!style || seen.has(id)) return {}
  seen.add(id)
  const base = styleOf(byId, inside(style, 'basedOn')?.attributes['val'] ?? '', seen)
  const heading = namedHeading(inside(style, 'name')?.attributes['val'] ?? '') ?? outlineHeading(inside(style, 'pPr'))
  const list = inside(style, 'pPr', 'numPr')
  return { ...base, ...(heading !== undefined && { heading }), ...(list && { list }) }
}

/** Word keeps these names in English whatever the language of its user. */
function namedHeading(name: string): number | undefined {
  if (/^title$/i.test(name)) return 1
  const level = /^heading ([1-9])$/i.exec(name)?.[1]
  return level === undefined ? undefined : Math.min(Number(level), 6)
}

/** Levels count from 0, and 9 is body text (§17.3.1.20). */
export function outlineHeading(properties: XmlElement | undefined): number | undefined {
  const level = Number(inside(properties, 'outlineLvl')?.attributes['val'] ?? '9')
  return level >= 0 && level < 9 ? Math.min(level + 1, 6) : undefined
}
