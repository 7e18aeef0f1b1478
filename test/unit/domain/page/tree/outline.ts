import { Element, type ParentNode, Text } from '../../../../../src/domain/page/tree/nodes.ts'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { parseHtml } from '../../../../../src/domain/page/tree/parse-html.ts'

// What readers of a tree can tell: each text in order, below the elements that mean something to them. Elements that
// browsers imply (html, body, tbody) and those that only group are left out.
const MEANT = new Set(
  'a address article aside b blockquote button caption cite code dd details dl dt em footer form h1 h2 h3 h4 h5 h6 header i kbd li main math nav ol option p pre s section select small strong sub summary sup svg table td textarea th title tr u ul'.split(
    ' ',
  ),
)
/** Of these, nobody reads the text. */
const UNREAD = new Set(['script', 'style', 'template'])

/** `p b: text`, a line each. */
export type Outline = string[]

export function ours(html: string): Outline {
  return outlineOf(parseHtml(html).root)
}

export function outlineOf(root: ParentNode): Outline {
  const runs = new Runs()
  const visit = (node: ParentNode, above: readonly string[]): void => {
    for (const child of node.children) {
      if (child instanceof Text) runs.add(above, child.data)
      else if (child instanceof Element && !UNREAD.has(child.name)) visit(child, below(above, child.name))
    }
  }
  visit(root, [])
  return runs.outline()
}

/** As parse5 has it, which follows the HTML standard to the letter; scripts don't run. */
export function standard(html: string): Outline {
  const runs = new Runs()
  const visit = (node: DefaultTreeAdapterTypes.ParentNode, above: readonly string[]): void => {
    for (const child of node.childNodes) {
      if ('value' in child) runs.add(above, child.value)
      else if ('tagName' in child && !UNREAD.has(child.tagName)) visit(child, below(above, child.tagName))
    }
  }
  visit(parse(html, { scriptingEnabled: false }), [])
  return runs.outline()
}

function below(above: readonly string[], name: string): readonly string[] {
  return MEANT.has(name.toLowerCase()) ? [...above, name.toLowerCase()] : above
}

/** Texts in the same place are one: where a comment or a span parts them is nobody's concern. */
class Runs {
  readonly #runs: { place: string; text: string }[] = []

  add(above: readonly string[], text: string): void {
    const place = above.join(' ')
    const last = this.#runs.at(-1)
    if (last?.place === place) last.text += text
    else if (text.trim() !== '') this.#runs.push({ place, text })
  }

  outline(): Outline {
    return this.#runs.map(({ place, text }) => `${place}: ${text.replaceAll(/\s+/g, ' ').trim()}`)
  }
}
