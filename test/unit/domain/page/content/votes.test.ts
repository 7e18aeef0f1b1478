import { expect, it } from 'vitest'
import { outline } from '../../../../../src/domain/page/content/outline.ts'
import { evidenceOf } from '../../../../../src/domain/page/content/learned-evidence.ts'
import { nameLeaning } from '../../../../../src/domain/page/content/name-leaning.ts'
import { textLeaning } from '../../../../../src/domain/page/content/text-leaning.ts'
import { SHAPES, castVotes } from '../../../../../src/domain/page/content/votes.ts'
import { findHoldingBlocks } from '../../../../../src/domain/page/markdown/writing.ts'
import { parseHtml } from '../../../../../src/domain/page/tree/parse-html.ts'
import { votesOf } from '../../../../bench/content/linear.ts'
import { VoterNumbers, votersOf } from '../../../../bench/content/voters.ts'
import { writtenVotes } from '../../../../bench/content/written-votes.ts'

const PAGE = `
  <body class="page-wide theme_dark"><nav id=mainNav><ul><li><a href=/>Home page</a><li class="item first"><a href=/b>Blog</a></ul></nav>
  <main role=main><article class="blogPost entry-content"><h1 class=title>Three words here</h1>
  <p>${'This one is a longer paragraph whose first words are what it is judged by, and nothing else in it. '.repeat(2)}</p>
  <h2><span>More of it</span></h2><div><div class="card item">A short line</div><div><p>Then another one</p></div></div></article></main>
  <footer aria-label="legal notes"><p>© 2026 All rights reserved</p></footer>`

it('votes that are cast are those that were learned', () => {
  const { root } = parseHtml(PAGE)
  const page = outline(root, findHoldingBlocks(root))
  const numbers = new VoterNumbers()
  const voters = votersOf(page, numbers)
  const weights = Float32Array.from({ length: numbers.size }, (_, number) => ((number * 7919) % 401) / 100 - 2)
  const written = writtenVotes(numbers, weights)
  expect(written.shapes).toHaveLength(SHAPES)
  const evidence = evidenceOf({ names: {}, texts: {}, openings: {} }, written)
  const cast = castVotes(page, nameLeaning(page.boxes, evidence), textLeaning(page.blocks, evidence), evidence)
  const learned = votesOf(weights, voters)
  expect(cast).toHaveLength(page.blocks.length)
  // Hundredths are written, some hundred of them are added up.
  cast.forEach((vote, index) => expect(Math.abs(vote - (learned[index] ?? 0))).toBeLessThan(0.15))
})
