export interface XmlPart {
  /** `alone`: an empty element, a comment, an instruction. A CDATA section is text. */
  kind: 'open' | 'close' | 'alone' | 'text'
  source: string
}

const SECTIONS = [
  { start: '<!--', end: '-->', kind: 'alone' },
  { start: '<![CDATA[', end: ']]>', kind: 'text' },
  { start: '<?', end: '?>', kind: 'alone' },
] as const

/** An XML text cut into its parts, none of them changed; undefined where a part has no end, or there is a DTD. */
export function xmlParts(xml: string): XmlPart[] | undefined {
  const parts: XmlPart[] = []
  for (let at = 0; at < xml.length;) {
    const part = xml[at] === '<' ? markupAt(xml, at) : textAt(xml, at)
    if (!part) return undefined
    parts.push(part)
    at += part.source.length
  }
  return parts
}

function textAt(xml: string, at: number): XmlPart {
  const end = xml.indexOf('<', at)
  return { kind: 'text', source: xml.slice(at, end === -1 ? xml.length : end) }
}

function markupAt(xml: string, at: number): XmlPart | undefined {
  for (const { start, end, kind } of SECTIONS) {
    if (!xml.startsWith(start, at)) continue
    const found = xml.indexOf(end, at + start.length)
    return found === -1 ? undefined : { kind, source: xml.slice(at, found + end.length) }
  }
  const source = tagAt(xml, at)
  if (source === undefined || source.startsWith('<!')) return undefined
  if (source.startsWith('</')) return { kind: 'close', source }
  return { kind: source.endsWith('/>') ? 'alone' : 'open', source }
}

/** Attribute values may have `>` in them (XML 1.0 §2.4). */
function tagAt(xml: string, at: number): string | undefined {
  let quote = ''
  for (let end = at; end < xml.length; end++) {
    const character = xml.charAt(end)
    if (character === quote) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (quote === '' && character === '>') return xml.slice(at, end + 1)
  }
  return undefined
}
