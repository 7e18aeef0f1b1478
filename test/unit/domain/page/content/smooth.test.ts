import { expect, it } from 'vitest'
import { boxFacts } from '../../../../../src/domain/page/content/box-facts.ts'
import { nameLeaning } from '../../../../../src/domain/page/content/name-leaning.ts'
import { Looks } from '../../../../../src/domain/page/content/looks.ts'
import { outline } from '../../../../../src/domain/page/content/outline.ts'
import { smoothed } from '../../../../../src/domain/page/content/smooth.ts'
import { templatesOf } from '../../../../../src/domain/page/content/templates.ts'
import { textLeaning } from '../../../../../src/domain/page/content/text-leaning.ts'
import { parseHtml } from '../../../../../src/domain/page/tree/parse-html.ts'

it('lets one post of a thread go with the others, and nothing else', () => {
  const posts = ['first', 'second', 'third'].map((text) => `<div class=post><p>${text}</p></div>`)
  const html = `<main>${posts.join('')}</main><footer><p>about us</p></footer>`
  const page = outline(parseHtml(html).root, new Set())
  const looks = new Looks(page.boxes)
  const unsaid = () => undefined
  const evidence = { ofName: unsaid, ofText: unsaid, ofTag: unsaid, shapes: [], bias: 0 }
  const { ofBox } = templatesOf(
    page,
    boxFacts(page, nameLeaning(page.boxes, evidence), looks),
    textLeaning(page.blocks, evidence),
    looks,
  )
  const probabilities = smoothed(Float32Array.of(3, 3, -1, -3), page, ofBox)
  expect(probabilities[2]).toBeGreaterThan(0.5)
  expect(probabilities[3]).toBeLessThan(0.1)
})
