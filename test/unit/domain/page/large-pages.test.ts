import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { LARGE_PAGES } from '../../../fixtures/pages/large-pages.ts'

const READER = fileURLToPath(new URL('../../../fixtures/pages/read-large-page.ts', import.meta.url))

/** A Worker has 128 MB for everything; the body and its text take 20 of them. */
const HEAP_MB = 100

/** Half a minute of work for all of them: asked for by LAPIS_LONG_TESTS=1. The others take other ways at less cost. */
const LONG = new Set([
  'short paragraphs',
  'boxes ten deep',
  'one table',
  'links in one paragraph',
  'a list of links',
  'attributes of ever new names',
])
const asksForAll = process.env['LAPIS_LONG_TESTS'] === '1'

describe(`a page of 10 MB is read to its end with a heap of ${HEAP_MB} MB`, () => {
  it.each(Object.keys(LARGE_PAGES).filter((shape) => asksForAll || !LONG.has(shape)))(
    '%s',
    async (shape) => {
      const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${HEAP_MB}`, READER, shape])
      const { units, last, warnings } = JSON.parse(stdout) as { units: number; last: number; warnings: string[] }
      expect(last).toBe(units - 1)
      expect(warnings).not.toContain('too_many_nodes')
    },
    120_000,
  )
})
