import { expect, it } from 'vitest'
import { mutatedPage } from '../../../fixtures/pages/mutated-page.ts'
import { readingFaults } from '../../../fixtures/pages/reading-faults.ts'

/** `npm run bench -- fuzz` reads 100,000 of them. */
const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1)

it('reads mutated pages without a throw, in bounded time and size', () => {
  expect(SEEDS.flatMap((seed) => readingFaults(mutatedPage(seed)).map((fault) => `${seed}: ${fault}`))).toEqual([])
})
