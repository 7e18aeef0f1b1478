import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../../src/domain/page/tree/parse-html.ts'
import { CssSelecting, cssFault } from '../../../../src/domain/select/css.ts'
import { SelectorFault } from '../../../../src/domain/select/selector-fault.ts'

function found(html: string, selector: string): string[] {
  const selecting = new CssSelecting({ left: 1_000_000 })
  return selecting.all(selector, parseHtml(html).root).map(({ name, attribs }) => attribs['id'] ?? name)
}

const PAGE =
  '<div id=a class="x y"><p id=b>one</p><p id=c lang=en>two<b id=d></b></p><ul id=e><li id=f><li id=g></ul></div>'

describe('CSS selectors', () => {
  it.each([
    ['p', ['b', 'c']],
    ['.x.y > p', ['b', 'c']],
    ['p + p, ul li', ['c', 'f', 'g']],
    ['p ~ ul', ['e']],
    ['#a p:not([lang])', ['b']],
    ['li:nth-child(2)', ['g']],
    ['p:has(b)', ['c']],
    ['p:contains("one")', ['b']],
    ['p:is(#b, #c)', ['b', 'c']],
    ['[lang="en"]', ['c']],
    ['li:last-of-type', ['g']],
    ['*:empty', ['d', 'f', 'g']],
  ])('%s', (selector, ids) => {
    expect(found(PAGE, selector)).toEqual(ids)
  })

  it('look inside the element that is given, where :scope is itself and ancestors still count', () => {
    const { root } = parseHtml(PAGE)
    const selecting = new CssSelecting({ left: 1_000_000 })
    const within = selecting.first('#c', root)
    if (!within) throw new Error('no #c')
    const ids = (selector: string) => selecting.all(selector, within).map(({ attribs }) => attribs['id'])
    expect(ids('#a b')).toEqual(['d'])
    expect(ids(':scope > b')).toEqual(['d'])
    expect(ids('> b')).toEqual(['d'])
    expect(ids('li')).toEqual([])
  })

  it.each([
    ['combinators that multiply on a deep page', '<div>'.repeat(400), `nope ${'div '.repeat(20)}`],
    ['siblings of siblings', '<p></p>'.repeat(5_000), 'q ~ p ~ p ~ p'],
    ['text that is looked at again and again', `<p>${'<b>x'.repeat(3_000)}`, 'b:contains("y")'],
  ])('end where they look at too much: %s', (_name, html, selector) => {
    const start = performance.now()
    expect(() => found(html, selector)).toThrow(SelectorFault)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('a selector is refused', () => {
  it.each(['', 'a[', 'a:nope', 'p::before', '!!', 'a >', 'ns|a', '..x', 'p..price', 'p.'])('%s', (selector) => {
    expect(cssFault(selector)).toContain('is no CSS selector that can be used here')
  })

  it('and one that can be used is not', () => {
    for (const selector of ['a', '> a', ':scope a', 'a:has(> b)', '*', '.é', '[href=".."]', '.a\\.b', 'a[href^=./x]'])
      expect(cssFault(selector)).toBeUndefined()
  })
})
