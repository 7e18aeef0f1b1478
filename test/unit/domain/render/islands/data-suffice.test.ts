import { expect, it } from 'vitest'
import { dataSuffice } from '../../../../../src/domain/render/islands/data-suffice.ts'

const NONE = { includeSelectors: [], excludeSelectors: [] }

it.each([
  ['text', { ...NONE, formats: ['markdown', 'text', 'html', 'metadata', 'rawHtml'] }, true],
  ['links', { ...NONE, formats: ['markdown', 'links'] }, false],
  ['a picture', { ...NONE, formats: [{ type: 'screenshot' }] }, false],
  ['a part', { ...NONE, formats: ['markdown'], includeSelectors: ['main'] }, false],
  ['all but a part', { ...NONE, formats: ['markdown'], excludeSelectors: ['nav'] }, false],
])("a page's data suffice, or not, for %s", (_, wishes, suffice) => {
  expect(dataSuffice(wishes)).toBe(suffice)
})
