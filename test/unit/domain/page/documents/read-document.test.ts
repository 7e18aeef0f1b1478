import { describe, expect, it } from 'vitest'
import { fixture, readBytes, warned } from './fixture.ts'

describe('documents that others wrote', () => {
  it.each<[string, ...string[]]>([
    [
      'chapters.pdf',
      '<!-- page 1 -->\n\n# 20000 Leagues Under the Seas\n\nChapter 1 : A RUNAWAY REEF\n\nThe year 1866 was',
    ],
    ['links.pdf', '<!-- page 2 -->', 'such as [www.fpdf.org,](http://www.fpdf.org/) or on an image'],
    ['pages.pdf', '<!-- page 1 -->\n\n# Title\n\nPrinting line number 1', '<!-- page 2 -->\n\n# Title'],
    ['countries.pdf', 'Austria Vienna 83859 8075  \nBelgium Brussels 30518 10192  \n'],
    ['footnote-hyperlink.docx', '1. [Example](http://www.example.com/)'],
    ['footnotes.docx', 'Ouch<sup>\\[1]</sup>.<sup>\\[2]</sup>', '1. A tachyon walks into a bar.\n2. Fin.'],
    ['simple-list.docx', '- Apple\n- Banana\n'],
    ['tables.docx', 'Above\n\n| Top left | Top right |\n| --- | --- |\n| Bottom left | Bottom right |\n\nBelow'],
    ['text-box.docx', 'Datum plane'],
    ['paragraphs.docx', '- The quick bro**w**n fox jumps over the lazy dog.'],
    ['one-cell.xlsx', '## Sheet1\n\ntest'],
    ['percentages.xlsx', '| Clicks | Impressions | CTR |\n| --- | --- | --- |\n| 423 | 398503 | 0.11% |'],
    ['styles.xlsx', '| tinted theme font color |', '| this text is shrink to fit |'],
    ['greeting.pptx', '## hello\n\nHow are you doing', '## Good moarning\n\n- This is a solution'],
    ['placeholders.pptx', '**\\[Title]**', '## Slide 2\n\n**\\[Content1]**'],
    ['table.pptx', '## Table\n\n| A | B | C | D |\n| --- | --- | --- | --- |\n| 1 | 2 | 3 | 4 |'],
    ['headings.odt', '# HEADING1\n\nENTRY1\n\n## HEADING11\n\nENTRY11'],
    ['curriculum.ott', '# Curriculum Vitae', '| Programming | C, C++ |'],
    ['resume.ott', '### Education\n\nPhD in Egg Engineering  \nUniversity of Eggington, May 2010'],
    ['tables.odt', 'Table style 0 (rststyle-table-0) – the default table style'],
    ['calculation.ods', '## OpenCLTest', '| Tolerance | 1,00E-12 |'],
    ['default.ots', '## Default', '| Text (Card) | Input | Result |'],
    ['jeans.ots', '## Blue Jeans', '| Text (Card) | Input | Result |'],
    ['progress.otp', '## Slide 4'],
    ['midnight.otp', '## Slide 3'],
    ['inspiration.otp', '## Slide 1'],
  ])('%s becomes Markdown', async (name, ...expected) => {
    const reading = await readBytes(fixture(name))
    for (const part of expected) expect(reading.markdown).toContain(part)
    expect(warned(reading)).toEqual([])
  })

  it.each([
    ['curriculum.ott', 'CV', 'Alexander Wilms', '2014-12-22T14:19:34'],
    ['greeting.pptx', 'hello', 'Corporate User', '2017-01-05T12:56:04Z'],
    ['tables.docx', null, 'Michael Williamson', '2014-07-05T18:21:00Z'],
    ['pages.pdf', 'Title', undefined, '2000-01-01T00:00:00Z'],
  ])('%s tells its title, author and date', async (name, title, author, publishedAt) => {
    const reading = await readBytes(fixture(name))
    expect(reading).toMatchObject({ title, publishedAt })
    expect(reading.author).toBe(author)
  })

  it.each([
    ['protected.pdf', 'encrypted'],
    ['picture.pdf', 'no_text'],
  ])('%s is said to be %s', async (name, code) => {
    const reading = await readBytes(fixture(name))
    expect(warned(reading)).toEqual([code])
    expect(reading).toMatchObject({ markdown: '', wordCount: 0 })
  })

  it('tells how many pages a PDF has, and the links to follow', async () => {
    const reading = await readBytes(fixture('links.pdf'))
    expect(reading.metadata).toMatchObject({ meta: { pages: '2' } })
    expect(reading.links.map(({ url }) => url)).toEqual(['http://www.fpdf.org/'])
  })

  it('believes the bytes, whatever the declared type', async () => {
    expect((await readBytes(fixture('tables.docx'), 'text/html')).markdown).toContain('| Top left |')
    const error = new TextEncoder().encode('<!doctype html><title>Sorry</title><p>No such file')
    expect(await readBytes(error, 'application/pdf')).toMatchObject({ title: 'Sorry' })
  })
})
