import { elementsOf, inside } from '../xml-reading.ts'
import type { XmlElement } from '../xml-tree.ts'

/** Whether a level of a list is numbered. */
export type DocxNumbering = (numberId: string, level: number) => 'ordered' | 'bullet' | 'none'

/** Lists by `numId`: each is an instance of an abstract one (ECMA-376 part 1, §17.9). */
export function docxNumbering(root: XmlElement | undefined): DocxNumbering {
  const abstract = new Map<string, XmlElement>()
  const instances = new Map<string, string>()
  for (const each of elementsOf(root)) {
    if (each.name === 'abstractNum') abstract.set(each.attributes['abstractNumId'] ?? '', each)
    if (each.name !== 'num') continue
    instances.set(each.attributes['numId'] ?? '', inside(each, 'abstractNumId')?.attributes['val'] ?? '')
  }
  return (numberId, level) => {
    // 0 takes a paragraph out of the list that its style puts it in (§17.9.18).
    if (numberId === '0') return 'none'
    const levels = elementsOf(abstract.get(instances.get(numberId) ?? ''))
    const found = levels.find((each) => each.name === 'lvl' && each.attributes['ilvl'] === String(level))
    const format = inside(found, 'numFmt')?.attributes['val'] ?? 'bullet'
    return format === 'bullet' || format === 'none' ? 'bullet' : 'ordered'
  }
}
