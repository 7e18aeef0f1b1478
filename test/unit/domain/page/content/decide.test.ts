import { describe, expect, it } from 'vitest'
import { decide } from '../../../../../src/domain/page/content/decide.ts'
import { type Outline, outline } from '../../../../../src/domain/page/content/outline.ts'
import { findHoldingBlocks } from '../../../../../src/domain/page/markdown/writing.ts'
import { parseHtml } from '../../../../../src/domain/page/tree/parse-html.ts'

const FILLER = `<p>${'Plenty of words that stand here so that the page is none of few words. '.repeat(20)}</p>`

/** Which of the texts that begin with a capital letter and a digit are kept, given how probable each block is. */
function kept(html: string, probabilityOf: (text: string) => number = () => 0.95): string[] {
  const page = outlined(`<body>${FILLER}${html}`)
  const texts = page.blocks.map(textOf)
  const { chosen } = decide(
    page,
    Float32Array.from(texts, (text) => probabilityOf(text)),
  )
  return texts.filter((text, index) => chosen[index] === 1 && !text.startsWith('Plenty'))
}

function outlined(html: string): Outline {
  const { root } = parseHtml(html)
  return outline(root, findHoldingBlocks(root))
}

function textOf({ nodes }: Outline['blocks'][number]): string {
  return nodes.map((node) => ('data' in node ? node.data : '')).join('')
}

const WOOL = 'A jumper of the finest wool that was ever shorn in spring.'

describe('what a page says twice', () => {
  it('is kept where it stands first', () => {
    const html = `<div><div><p>${WOOL}</p></div></div><div><p>Between.</p></div><div><section><p>${WOOL}</p></section></div>`
    expect(kept(html)).toEqual([WOOL, 'Between.'])
  })

  it('whatever its case and its punctuation are', () => {
    const again = 'A JUMPER of the finest wool, that was ever shorn in spring!'
    expect(kept(`<div><div><p>${WOOL}</p></div></div><div><section><p>${again}</p></section></div>`)).toEqual([WOOL])
  })

  it('in several short lines goes as a whole, a single short line stays', () => {
    const lines = '<ul><li>Fast and light</li><li>Made of larch wood</li><li>Three years of guarantee</li></ul>'
    const html = `<div><div>${lines}</div></div><div><p>Between.</p></div><div><section><div>${lines}</div></section></div>`
    expect(kept(html)).toEqual(['Fast and light', 'Made of larch wood', 'Three years of guarantee', 'Between.'])
    const one = '<li>Made of larch wood</li>'
    expect(
      kept(`<div><ul>${one}</ul></div><div><p>Between.</p></div><section><div><ul>${one}</ul></div></section>`),
    ).toHaveLength(3)
  })

  it('side by side is a refrain', () => {
    expect(kept(`<div><p>${WOOL}</p><p>A verse.</p><p>${WOOL}</p></div>`)).toEqual([WOOL, 'A verse.', WOOL])
  })

  it('four times and more is part of each of several things', () => {
    const card = `<div><article><p>${WOOL}</p></article></div>`
    expect(kept(card.repeat(4))).toHaveLength(4)
  })

  it('stays where it is a value, or code', () => {
    const cell = `<section><div><table><tr><td>${WOOL}</td></tr></table></div></section>`
    expect(kept(cell.repeat(2))).toHaveLength(2)
    const code = `<section><div><pre>${WOOL}</pre></div></section>`
    expect(kept(code.repeat(2))).toHaveLength(2)
  })

  it('stays where the first is not kept', () => {
    const html = `<div><div><p>${WOOL}</p></div></div><div><section><h2>${WOOL}</h2></section></div>`
    const page = outlined(`<body>${FILLER}${html}`)
    const probabilities = Float32Array.from(page.blocks, ({ box }) =>
      box.name === 'p' && box.words < 20 ? 0.01 : 0.95,
    )
    expect([...decide(page, probabilities).chosen]).toEqual([1, 0, 1])
  })
})

describe('code', () => {
  const explained =
    'The function takes two numbers, adds them up, and gives their sum to whoever called it, in no time at all.'
  const doubtful = (text: string) => (text.startsWith('const') ? 0.02 : 0.95)

  it('is kept with the text that it stands in', () => {
    expect(kept(`<div><p>${explained}</p><pre>const sum = (a, b) => a + b</pre></div>`, doubtful)).toHaveLength(2)
  })

  it('is not kept with text that is not', () => {
    const html = `<div><p>${explained}</p><pre>const sum = (a, b) => a + b</pre></div>`
    expect(kept(html, (text) => (text.startsWith('Plenty') ? 0.95 : 0.001))).toEqual([])
  })

  it('is not kept where it is hidden', () => {
    expect(kept(`<div><p>${explained}</p><pre hidden>const sum = (a, b) => a + b</pre></div>`, doubtful)).toHaveLength(
      1,
    )
  })
})
