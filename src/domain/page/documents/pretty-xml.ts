import { MOST_PRETTY, isPrettyEnough, lineAt } from './pretty.ts'
import { type XmlPart, xmlParts } from './xml-parts.ts'

/**
 * XML with a line to each element, every part as it is written. Inside an element that has text of its own nothing moves: space
 * means something there. What has lines already, a DTD or an end tag too few stays as it is.
 */
export function prettyXml(xml: string): string {
  if (xml.length > MOST_PRETTY || xml.includes('\n')) return xml
  const parts = xmlParts(xml)
  const withText = parts && elementsWithText(parts)
  const pretty = withText && laidOut(parts, withText)
  return pretty !== undefined && isPrettyEnough(pretty, xml) ? pretty : xml
}

/** Where the elements open that have text among their children; undefined where tags don't pair. */
function elementsWithText(parts: readonly XmlPart[]): ReadonlySet<number> | undefined {
  const open: number[] = []
  const found = new Set<number>()
  for (const [at, { kind, source }] of parts.entries()) {
    if (kind === 'open') open.push(at)
    if (kind === 'close' && open.pop() === undefined) return undefined
    const around = open.at(-1)
    if (kind === 'text' && source.trim() !== '' && around !== undefined) found.add(around)
  }
  return open.length === 0 ? found : undefined
}

function laidOut(parts: readonly XmlPart[], withText: ReadonlySet<number>): string {
  const written: string[] = []
  let depth = 0
  /** Open elements from the outermost one that has text. */
  let fixed = 0
  for (const [at, { kind, source }] of parts.entries()) {
    if (kind === 'close') depth--
    const stays = fixed > 0 || (kind === 'close' && parts[at - 1]?.kind === 'open')
    if (kind === 'close' && fixed > 0) fixed--
    if (kind === 'text' && fixed === 0 && source.trim() === '') continue
    if (written.length > 0 && !stays) written.push(lineAt(depth))
    written.push(source)
    if (kind !== 'open') continue
    depth++
    if (fixed > 0 || withText.has(at)) fixed++
  }
  return written.join('')
}
