import { describe, expect, it } from 'vitest'
import type { PageReading } from '../../../../../src/domain/page/page.ts'
import { readPage } from '../../../../../src/domain/page/read-page.ts'
import { fixture, warned } from './fixture.ts'

function read(name: string, contentType: string): PageReading {
  const formats = new Set(['markdown'] as const)
  return readPage({ url: 'https://example.com/a', contentType, body: fixture(name), formats, onlyMainContent: true })
}

describe('feeds that others wrote', () => {
  it.each([
    ['rss.xml', 'application/rss+xml', 'Liftoff News', '## [The Engine That Does More](', 6],
    ['rdf.xml', 'application/rdf+xml', 'craigslist | all community in SF bay area', '2011-11-04T09:35:17-07:00', 4],
    ['atom.xml', 'application/atom+xml', 'Example Feed', '## [Atom-Powered Robots Run Amok](', 2],
  ])('%s', (name, contentType, title, part, links) => {
    const reading = read(name, contentType)
    expect(reading).toMatchObject({ title, markdown: expect.stringContaining(part) as string })
    expect(reading.links).toHaveLength(links)
    expect(warned(reading)).toEqual([])
  })

  it.each(['rss.xml', 'rdf.xml', 'atom.xml'])('%s is known by what it is, too', (name) => {
    expect(read(name, 'text/xml').title).toBe(read(name, 'application/xml').title)
    expect(read(name, 'application/octet-stream').title).not.toBeNull()
  })
})

describe('tables of comma-separated values that others wrote', () => {
  it.each([
    ['header.csv', '| title | name |\n| --- | --- |\n| test title 01 | test name 01 |\n|  | test name 02 |\n'],
    ['byte-order-mark.csv', '| A | B | C |\n| --- | --- | --- |\n| X | Y | Z |\n'],
  ])('%s', (name, markdown) => {
    expect(read(name, 'text/csv').markdown).toBe(markdown)
  })

  it('long.csv', () => {
    const lines = (read('long.csv', 'text/csv').markdown ?? '').trim().split('\n')
    expect(lines).toHaveLength(9)
    for (const line of lines) expect(line.split(' | ')).toHaveLength(7)
  })
})
