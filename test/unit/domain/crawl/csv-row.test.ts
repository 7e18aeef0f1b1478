import { expect, it } from 'vitest'
import { csvRow } from '../../../../src/domain/crawl/csv-row.ts'

it.each([
  ['plain cells stay plain', ['a', 1], 'a,1\r\n'],
  [
    'RFC 4180 §2.6: commas, quotes and line breaks are quoted',
    ['a,b', 'say "x"', 'two\nlines'],
    '"a,b","say ""x""","two\nlines"\r\n',
  ],
  ['a formula is defused', ['=HYPERLINK("http://evil.example")'], '"\'=HYPERLINK(""http://evil.example"")"\r\n'],
  ['so are its other beginnings', ['+1', '-1', '@x', '\tx'], "'+1,'-1,'@x,'\tx\r\n"],
  ['a number is no text', [-1], '-1\r\n'],
])('%s', (_, cells, line) => {
  expect(csvRow(cells)).toBe(line)
})
