import { expect, it } from 'vitest'
import { isPlainlyBinary } from '../../../../src/domain/url/plainly-binary.ts'

it.each([
  ['https://example.com/a.zip', true],
  ['https://example.com/photo.JPG', true],
  ['https://example.com/a.pdf', false],
  ['https://example.com/a.docx', false],
  ['https://example.com/a.xlsx', false],
  ['https://example.com/a.pptx', false],
  ['https://example.com/a.odt', false],
  ['https://example.com/a.zip?page=1', false],
  ['https://example.com/v1.2/guide', false],
  ['https://example.zip/', false],
  ['https://example.com/', false],
])('%s: %s', (url, binary) => {
  expect(isPlainlyBinary(url)).toBe(binary)
})
