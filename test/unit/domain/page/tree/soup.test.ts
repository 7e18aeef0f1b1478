import { expect, it } from 'vitest'
import { parseInWindows } from '../../../../../src/domain/page/tree/parse-html.ts'
import { Chance } from '../../../../selfhost/api-fuzz/chance.ts'
import { ours, outlineOf, standard } from './outline.ts'

/** What tags, comments, scripts and references are made of; none of what we read otherwise on purpose. */
const INGREDIENTS =
  `< > / ! - -- " ' = a script style title textarea <script </script <!-- --> --!> & &amp ; #x41 svg <svg> </svg> <![CDATA[ ]]> p <p </p xmp noembed A ? x`
    .split(' ')
    .concat(' ', '\n')

function soup(seed: number): string[] {
  const chance = new Chance(seed)
  return Array.from({ length: 2 + chance.below(14) }, () => chance.of(INGREDIENTS))
}

const SEEDS = Array.from({ length: 4_000 }, (_, index) => index + 1)

it('any soup of markup is read as browsers read it (§13.2.5)', () => {
  const different = SEEDS.map((seed) => soup(seed).join('')).filter(
    (html) => ours(html).join('\n') !== standard(`<!doctype html>${html}`).join('\n'),
  )
  expect(different).toEqual([])
})

it('and the same wherever it is cut', () => {
  const different = SEEDS.map(soup).filter((parts) => {
    const [only] = [...parseInWindows(parts.flatMap((part) => [part.slice(0, 1), part.slice(1)]))]
    return only && outlineOf(only.root).join('\n') !== ours(parts.join('')).join('\n')
  })
  expect(different).toEqual([])
})
