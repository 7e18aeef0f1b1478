import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { PageReading } from '../../../../../src/domain/page/page.ts'
import { readDocument } from '../../../../../src/domain/page/read-document.ts'
import { fixture, readBytes, warned } from './fixture.ts'

describe('EPUB', () => {
  it.each([
    ['book-2.epub', 'Test Document (My Series #1)', 'Nodepub', 3],
    ['book-3.epub', 'Test Document (My Series #1)', 'Nodepub', 3],
    ['pictured.epub', 'Unnamed Document (My Series #1)', 'Anonymous', 4],
  ])('%s is read by chapters', async (name, title, author, chapters) => {
    const reading = await readBytes(fixture(name), 'application/epub+zip')
    expect(reading).toMatchObject({ title, author, language: 'en', warnings: [] })
    expect(reading.markdown?.match(/Lorem ipsum dolor/g)?.length).toBeGreaterThanOrEqual(chapters)
  })

  it('follows the spine, wherever its parts lie', async () => {
    const reading = await read({
      'b/two.xhtml': '<p>Two</p>',
      'b/one three.xhtml': '<p>One <a id="x"/>and <a href="two.xhtml#x">on</a>, <a href="https://a.test/">out</a></p>',
      'b/side.xhtml': '<p>Aside</p>',
    })
    expect(reading.markdown).toBe('One and on, [out](https://a.test/)\n\nTwo\n')
    expect(reading.links).toEqual([{ url: 'https://a.test/', text: 'out' }])
  })

  it('leaves out what a key opens, and says so', async () => {
    const reading = await read({
      'b/two.xhtml': '\x01\x02',
      'b/one three.xhtml': '<p>One</p>',
      'META-INF/encryption.xml':
        '<encryption><e:EncryptedData><e:CipherData><e:CipherReference URI="b/two.xhtml"/></e:CipherData></e:EncryptedData></encryption>',
    })
    expect(reading.markdown).toBe('One\n')
    expect(warned(reading)).toEqual(['encrypted'])
  })
})

describe('hostile EPUB', () => {
  it.each([
    ['without a book', { 'META-INF/container.xml': '<container/>' }],
    ['with a book that is elsewhere', { 'META-INF/container.xml': container('../../../etc/passwd') }],
    ['with chapters that are not there', {}],
  ])('%s holds no text', async (_name, parts) => {
    const reading = await read(parts)
    expect(reading.markdown?.trim()).toBe('')
    expect(warned(reading)).toEqual(['no_text'])
  })

  it('names one chapter ten thousand times', async () => {
    const spine = '<itemref idref="2"/>'.repeat(10_000)
    const reading = await read({ 'b/two.xhtml': `<p>${'words '.repeat(10_000)}</p>` }, spine)
    expect(reading.markdown?.length).toBeLessThanOrEqual(4_100_000)
    expect(warned(reading)).toContain('document_truncated')
  })

  it('has entities that grow, which stay what they are', async () => {
    const bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b;</p>'
    expect((await read({ 'b/two.xhtml': bomb })).markdown?.length).toBeLessThan(bomb.length)
  })
})

function container(path: string): string {
  return `<container><rootfiles><rootfile full-path="${path}"/></rootfiles></container>`
}

/** A book of the given parts. */
function read(parts: Readonly<Record<string, string>>, spine = ''): Promise<PageReading> {
  const items = '<item id="1" href="one%20three.xhtml"/><item id="2" href="two.xhtml"/><item id="3" href="side.xhtml"/>'
  const order = spine || '<itemref idref="1"/><itemref idref="3" linear="no"/><itemref idref="2"/>'
  const all: Readonly<Record<string, string>> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': container('b/book.opf'),
    'b/book.opf': `<package><metadata/><manifest>${items}</manifest><spine>${order}</spine></package>`,
    ...parts,
  }
  const body = zipSync(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, strToU8(text)])))
  const formats = new Set(['markdown', 'links'] as const)
  return readDocument({
    url: 'https://b.test/book',
    contentType: 'application/epub+zip',
    body,
    formats,
    onlyMainContent: true,
  })
}
