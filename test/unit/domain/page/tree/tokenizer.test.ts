import { Element, Text, type ParentNode } from '../../../../../src/domain/page/tree/nodes.ts'
import { describe, expect, it } from 'vitest'
import { parseHtml, parseInWindows } from '../../../../../src/domain/page/tree/parse-html.ts'

const PAGE = `<!doctype html><html lang=en><head><title>A &amp; B</title><style>p > a { color: red }</style>
<script>if (a < b) document.write('</p>')</script><script type="application/ld+json">{"a": "<![CDATA[x]]>"}</script></head>
<body><!-- <p>no --><p class='one two' data-x="a&quot;b&notit;c">Fish &amp chips &notit; &#x1f600; <![CDATA[ gone > kept
<textarea><p>not a paragraph</textarea><svg><path d="M0 0"/><title>svg</title></svg><br/><a href=/x>link</a
><p>héllo 日本語 <xmp><b>raw</b></xmp></body></html>`

function written(node: ParentNode): string {
  return node.children
    .map((child) => {
      if (child instanceof Text) return child.data
      if (!(child instanceof Element)) return '?'
      return `<${child.name} ${JSON.stringify(child.attribs)}>${written(child)}</${child.name}>`
    })
    .join('')
}

function cut(text: string, length: number): string[] {
  const characters = [...text]
  return Array.from({ length: Math.ceil(characters.length / length) }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(''),
  )
}

describe('a document that comes in parts', () => {
  const whole = written(parseHtml(PAGE).root)

  it.each([1, 2, 3, 5, 7, 11, 64, 200])('is read as if it were one text, cut every %i characters', (length) => {
    const [only] = [...parseInWindows(cut(PAGE, length))]
    expect(only && written(only.root)).toBe(whole)
  })

  it('reads text, attributes and listings as they stand', () => {
    expect(whole).toContain('"data-x":"a\\"b&notit;c"')
    expect(whole).toContain('😀')
    expect(whole).toContain('<xmp {}><b>raw</b></xmp>')
    expect(whole).toContain(' kept\n')
    expect(whole).not.toContain('gone')
  })
})
