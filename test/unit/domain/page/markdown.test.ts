import { describe, expect, it } from 'vitest'
import { readPage } from '../../../../src/domain/page/read-page.ts'

function markdown(html: string): string {
  const body = new TextEncoder().encode(html)
  const formats = new Set(['markdown'] as const)
  const reading = readPage({
    url: 'https://site.test/a/b',
    contentType: 'text/html; charset=utf-8',
    body,
    formats,
    onlyMainContent: false,
  })
  return (reading.markdown ?? '').trimEnd()
}

const cases = (table: Record<string, [html: string, markdown: string]>) => {
  it.each(Object.entries(table).map(([name, [html, wanted]]) => ({ name, html, wanted })))(
    '$name',
    ({ html, wanted }) => {
      expect(markdown(html)).toBe(wanted)
    },
  )
}

describe('blocks', () => {
  cases({
    headings: ['<h1>One</h1><h3>Three</h3>', '# One\n\n### Three'],
    'rules in a row are one': ['a<hr><hr>\n<hr>b<hr>', 'a\n\n---\n\nb\n\n---'],
    'a heading is one line': ['<h2>A<br>b\nc</h2>', '## A b c'],
    'a permalink is no part of a heading': ['<h2>Setup <a href="#setup">¶</a></h2>', '## Setup'],
    'an empty heading is none': ['<h2> </h2>x', 'x'],
    'paragraphs and loose text': ['a<p>b</p>c<div>d</div>', 'a\n\nb\n\nc\n\nd'],
    'one line break': ['a<br>b', 'a  \nb'],
    'two line breaks part paragraphs': ['a<br><br>b', 'a\n\nb'],
    quote: ['<blockquote><p>a</p><blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    rule: ['a<hr>b', 'a\n\n---\n\nb'],
    'definition list': ['<dl><dt>Term</dt><dd>What it is</dd></dl>', '**Term**\n\n: What it is'],
    details: ['<details><summary>More</summary><p>text</p></details>', '**More**\n\ntext'],
    'scripts, styles and templates are no text': ['<style>p{}</style><script>x()</script><template>t</template>a', 'a'],
    'what is hidden is left out': ['<p hidden>a</p><p style="color:red; display: none">b</p><p>c</p>', 'c'],
    'a noscript is for us, who run none': ['<noscript><p>text</p></noscript>', 'text'],
  })
})

describe('lists', () => {
  cases({
    nested: ['<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>', '- a\n  - b\n    1. c\n- d'],
    'start and value': ['<ol start=3><li>a<li value=7>b<li>c</ol>', '3. a\n7. b\n8. c'],
    'a list straight in a list': ['<ul><li>a</li><ul><li>b</li></ul></ul>', '- a\n  - b'],
    'loose when an item has paragraphs': ['<ul><li><p>a</p><p>b</p><li>c</ul>', '- a\n\n  b\n\n- c'],
    tasks: [
      '<ul><li><input type=checkbox checked> a<li><label><input type=checkbox> b</label></ul>',
      '- [x] a\n- [ ] b',
    ],
    'two lists in a row stay two': ['<ul><li>a</ul><ul><li>b</ul>', '- a\n\n* b'],
    'code in an item': ['<ol><li>run<pre>a\n\nb</pre></ol>', '1. run\n\n   ```\n   a\n\n   b\n   ```'],
  })
})

describe('nesting', () => {
  it.each([
    ['quotations', '<blockquote><p>a', `${'> '.repeat(12)}a`],
    ['lists', '<ul><li>a', '- a'],
  ])('of %s ends at a depth, so that no line is mostly of that', (_name, opened, line) => {
    const lines = markdown(opened.repeat(300)).split('\n')
    expect(lines).toContain(line)
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(26)
  })
})

describe('code', () => {
  cases({
    'exact whitespace': ['<pre><code>if x:\n\n\ty  =  1 \n</code></pre>', '```\nif x:\n\n\ty  =  1\n```'],
    'first line break belongs to the markup': ['<pre>\n  a</pre>', '```\n  a\n```'],
    'language of the class': ['<pre><code class="hljs language-TypeScript">a</code></pre>', '```typescript\na\n```'],
    'language of the wrapper': ['<div class="highlight-source-shell"><pre>ls</pre></div>', '```shell\nls\n```'],
    'spans and line breaks': ['<pre><span>a</span> <b>b</b><br>c &lt;d&gt;</pre>', '```\na b\nc <d>\n```'],
    'one element per line': ['<pre><div>a</div><div>b</div></pre>', '```\na\nb\n```'],
    'fence longer than fences inside': ['<pre>```\nx\n```</pre>', '````\n```\nx\n```\n````'],
    'inline, with backticks': ['<code>a`b</code> <code>`</code>', '``a`b`` `` ` ``'],
    'no escapes in code': ['<code>*a* _b_ &lt;c&gt;</code>', '`*a* _b_ <c>`'],
  })
})

describe('tables', () => {
  cases({
    'header and alignment': [
      '<table><tr><th>A<th align=right>B<tr><td>1<td>2</table>',
      '| A | B |\n| --- | ---: |\n| 1 | 2 |',
    ],
    'without a header row it is empty': [
      '<table><tr><td>1<td>2<tr><td>3<td>4</table>',
      '|  |  |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |',
    ],
    'pipes and blocks in cells': [
      '<table><tr><th>A<th>B<tr><td>a|b<td><p>c</p><p>d</p></table>',
      '| A | B |\n| --- | --- |\n| a\\|b | c<br>d |',
    ],
    'colspan and rowspan': [
      '<table><tr><th>A<th>B<th>C<tr><td rowspan=2>1<td colspan=2>2<tr><td>3<td>4</table>',
      '| A | B | C |\n| --- | --- | --- |\n| 1 | 2 |  |\n|  | 3 | 4 |',
    ],
    'a layout table is unrolled': ['<table role=presentation><tr><td>a<td>b</table>', 'a\n\nb'],
    caption: [
      '<table><caption>T</caption><tr><th>A<th>B<tr><td>1<td>2</table>',
      'T\n\n| A | B |\n| --- | --- |\n| 1 | 2 |',
    ],
  })
})

describe('links and images', () => {
  cases({
    'absolute addresses': ['<a href="../c?d=1#e">x</a>', '[x](https://site.test/c?d=1#e)'],
    'base element': ['<base href="/z/"><a href=y>x</a>', '[x](https://site.test/z/y)'],
    'space stays outside': ['a<a href=/> x </a>b', 'a [x](https://site.test/) b'],
    'no empty links': ['a <a href=/></a> b', 'a b'],
    'no scripts': ['<a href="javascript:x()">x</a>', 'x'],
    mail: ['<a href="mailto:a@b.test">a</a>', '[a](mailto:a@b.test)'],
    'brackets and parentheses': ['<a href="/a_(b)">[1]</a>', '[\\[1\\]](https://site.test/a_%28b%29)'],
    'a link around blocks': [
      '<a href=/c><div><h3>Card</h3><p>text</p></div></a>',
      '### [Card](https://site.test/c)\n\ntext',
    ],
    image: ['<img src=i.png alt="a [b]">', '![a \\[b\\]](https://site.test/a/i.png)'],
    'lazy image': ['<img src="data:image/gif;base64,R0" data-src="/i.jpg" alt=x>', '![x](https://site.test/i.jpg)'],
    'largest of a srcset': ['<img srcset="/s.jpg 320w, /l.jpg 1280w" alt=x>', '![x](https://site.test/l.jpg)'],
    picture: ['<picture><source srcset="/a.webp"><img alt=x></picture>', '![x](https://site.test/a.webp)'],
    'no tracking pixels': ['<img src=/p.gif width=1 height=1>x', 'x'],
    'linked image': ['<a href=/><img src=/i.png alt=x></a>', '[![x](https://site.test/i.png)](https://site.test/)'],
    figure: [
      '<figure><img src=/i.png alt=x><figcaption>Cap</figcaption></figure>',
      '![x](https://site.test/i.png)\n\nCap',
    ],
  })
})

describe('emphasis', () => {
  cases({
    'strong and emphasis': ['<b>a</b> <em>b</em> <strong><i>c</i></strong>', '**a** *b* ***c***'],
    'space stays outside': ['a<b> b </b>c', 'a **b** c'],
    'neighbours join': ['<b>a</b><b>b</b>', '**ab**'],
    'nested twice is once': ['<b>a <strong>b</strong></b>', '**a b**'],
    'empty is nothing': ['a<b> </b>b', 'a b'],
    'given up where Markdown could not read it (CommonMark §6.2)': ['<b>Note:</b>text', 'Note:text'],
    strike: ['<del>a</del>', '~~a~~'],
    'sub, sup, kbd': ['H<sub>2</sub>O x<sup>2</sup> <kbd>Esc</kbd>', 'H<sub>2</sub>O x<sup>2</sup> <kbd>Esc</kbd>'],
    'TeX of KaTeX': [
      '<span class="katex"><span class="katex-mathml"><math><semantics><mi>a</mi><annotation encoding="application/x-tex">a^2</annotation></semantics></math></span><span class="katex-html">a2</span></span>',
      '$a^2$',
    ],
  })
})

describe('escapes: what Markdown would read as markup, and nothing else', () => {
  cases({
    'left alone': [
      "snake_case 2 * 3 [1] a &lt; b &amp; c #5 100% (x) it's 3.5",
      "snake_case 2 * 3 [1] a < b & c #5 100% (x) it's 3.5",
    ],
    'stars and underscores': ['*a* _b_', '\\*a\\* \\_b\\_'],
    'tags and entities': ['&lt;b&gt; &amp;amp;', '\\<b> \\&amp;'],
    'what would be a link': ['[a](b)', '\\[a](b)'],
    backtick: ['a`b', 'a\\`b'],
    'starts of lines': ['<p># a<p>- b<p>1. c<p>&gt; d<p>--- <p>#e', '\\# a\n\n\\- b\n\n1\\. c\n\n\\> d\n\n\\---\n\n#e'],
    'right-to-left and CJK text intact': [
      '<p>שלום <b>עולם</b><p>漢字<b>仮名</b>交じり',
      'שלום **עולם**\n\n漢字**仮名**交じり',
    ],
  })
})
