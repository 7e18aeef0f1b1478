import { describe, expect, it } from 'vitest'
import { ours, standard } from './outline.ts'

/** Without it browsers turn quirky. */
const doctyped = (source: string) => `<!doctype html>${source}`

/** What authors get wrong, by the part of the HTML standard that says how browsers read it all the same. */
const READ_ALIKE: Record<string, readonly string[]> = {
  'optional end tags (§13.1.2.4)': [
    '<p>a<p>b<div>c</div>d',
    '<ul><li>a<li>b<ul><li>c</ul><li>d</ul>',
    '<dl><dt>a<dd>b<dt>c<dd>d</dl>',
    '<table><tr><td>a<td>b<tr><th>c<td>d</table>e',
    '<table><caption>a<thead><tr><th>b<tbody><tr><td>c<tfoot><tr><td>d</table>',
    '<select><option>a<option selected>b<optgroup label=x><option>c</select>',
    '<p>a<table><tr><td>b</table>c',
    '<head><title>a</title><p>b',
  ],
  'misnested formatting (§13.2.10.1)': [
    '<b>a<div>b</b>c</div>',
    '<a>1<div>2<div>3</a>4</div>5</div>',
    '<a href=x>a<a href=y>b',
    '<a href=x>1<div>2<div>3<a href=y>4</a>5',
    '<a>a<table><tr><td><a>b</a>c</table>',
  ],
  'headings (§13.2.6.4.7)': [
    '<h1>a<h2>b</h1>c',
    '<h1>a</h2>b',
    '<h3><details><summary>a</summary><h3>b</h3>c</details>d</h3>e',
  ],
  'tables (§13.2.6.4.9)': [
    'a<td>b</td><tr>c<tbody>d',
    '<table><td>a<td>b<tr><td>c</table>',
    '<table><tbody><th>a</table>',
    '<table><tr><td><table><tr><td>a</table>b</table>c',
    '<table><tr><td>a</tr></td></table>b',
  ],
  'forms, buttons, lists of choice': [
    '<form>a<form>b</form>c</form>d',
    '<button>a<button>b</button>c',
    '<div><form>a</div>b</form>c',
    '<p>a<form>b</form>c',
  ],
  'end tags without a start, and the other way round': [
    'a</p>b',
    'a</br>b',
    '</div>a</span>b',
    '<ul></li><li>a</ul></ul>b',
    '<div><span>a</div>b</span>c',
    '<section>a<article>b</section></article>c',
  ],
  'text that is none (§13.2.5)': [
    '<script>document.write("<p>a</p>")</script>b',
    '<script><!-- document.write("<script>a</script>") //--></script>b',
    '<script><!-- write("<script></script>&copy; &amp;") //--></script>b',
    '<script><!-- a --></script>b',
    '<script><!-- <script> a --></script>b',
    '<style>p > a { }</style>b<textarea><p>c</textarea>d<title><b>e</title>f',
    '<!-- a -- b -->c<!-->d<!--->e<!doctype html>f<?php g ?>h</ i>j<!k>l',
    '<body><noscript>a</noscript>b',
    '<xmp><p>a</xmp>b',
    '<plaintext><p>a</plaintext>',
    '<script><!-- <SCRIPT >a</script >b</ScripT/>c --></script>d',
    '<script><!-- a</script>b --></script>c',
    '<script><!--><script></script>a--></script>b',
    '<title>a</titles></TITLE x=">">b<textarea>c</textarea',
    '<!-- a --!>b<!-- c --- d---->e<!--f--!g-->h<!--',
    'a</>b<',
    'a</',
    'a<b c="',
  ],
  'characters (§13.2.5.72)': [
    'a &amp; &lt;b&gt; &copy; &notin; &notit; &amp',
    '&#65;&#x42;&#x80;&#0;&#xD800;&#x110000;&nope;&',
    'a\u0000b',
    '<p title="&lt;">a < b <3 <',
  ],
  'attributes and tags out of the ordinary': [
    '<A HREF=x>a</A   >b',
    '<p/>a<div/>b<br/>c<b/>d',
    '<a href="x"class=y>a</a>',
    "<p a=1 a=2 'b>c",
    '<p =a =>b</p title=">">c<p/ a/>d<p a= >e',
    '<body>a<body>b<html>c</html>d</body>e',
    '<image>a<nobr>b<nobr>c',
  ],
  'foreign content (§13.2.6.5)': [
    '<svg><title>a</title><text>b</text></svg>c',
    '<svg><g>a<p>b</svg>c',
    '<svg>a</p>b',
    '<svg>a</br>b<svg><foreignObject>c</p>d</foreignObject></svg>e',
    '<svg><script/>a</svg>b',
    '<math><mi>a</mi><mtext><b>b</b></mtext></math>c',
    '<svg><foreignObject><p>a</p></foreignObject></svg>b',
    '<svg><text><![CDATA[a > b &amp;]]></text></svg><![CDATA[c]]>d',
    '<svg><style>a</style><script>b</script></svg>c',
  ],
}

describe.each(Object.entries(READ_ALIKE))('read as browsers do: %s', (_rule, sources) => {
  it.each(sources)('%s', (source) => {
    expect(ours(source)).toEqual(standard(doctyped(source)))
  })
})

/** Where we read on purpose, or for want of need, what browsers don't. docs/content.md has the reasons. */
const READ_OTHERWISE: Record<string, readonly string[]> = {
  'formatting that is left open ends with what it stands in': [
    '<p><b>a<p>b',
    '<div><a>a</div><div>b</div>',
    '<p>a<b>b<i>c</b>d</i>e</p>',
  ],
  'what stands astray in a table stays where it is': [
    '<table>a<tr><td>b</table>',
    '<table><tr><div>a</div><td>b</table>',
    '<table><tr><td>a</tr></td>b</table>',
  ],
  'a noscript ends with its end tag': ['<body><noscript><p>a</noscript>b'],
}

describe.each(Object.entries(READ_OTHERWISE))('read otherwise: %s', (_deviation, sources) => {
  it.each(sources)('%s', (source) => {
    expect(ours(source)).not.toEqual(standard(doctyped(source)))
    expect(textOf(ours(source))).toEqual(textOf(standard(doctyped(source))))
  })
})

/** Nothing is lost or doubled, wherever it stands. */
function textOf(outline: readonly string[]): string {
  const letters = outline.flatMap((line) => [...line.slice(line.indexOf(': ') + 2).replaceAll(' ', '')])
  return letters.toSorted().join('')
}
