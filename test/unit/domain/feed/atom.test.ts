import { DomUtils, parseDocument } from 'htmlparser2'
import { expect, it } from 'vitest'
import { atom } from '../../../../src/domain/feed/atom.ts'

const AT = new Date('2026-11-24T23:30:00+09:00')

function written(text: string): string {
  return atom({
    id: 'urn:uuid:1',
    title: text,
    self: 'https://lapis.test/feed?a=1&b=2',
    updated: AT,
    entries: [{ id: 'urn:uuid:2', title: text, link: 'https://lapis.test/?x="<', updated: AT, summary: text }],
  })
}

function titles(xml: string): string[] {
  return DomUtils.getElementsByTagName('title', parseDocument(xml, { xmlMode: true })).map((title) =>
    DomUtils.textContent(title),
  )
}

it('47 feeds use UTC', () => {
  expect(written('x')).toContain('<updated>2026-11-24T14:30:00.000Z</updated>')
})

it.each([
  ['control characters', 'a\u0000b\u0008c\u001Fd\u007Fe', 'abcd\u007Fe'],
  ['half a surrogate pair', 'a\uD800b', 'ab'],
  ['noncharacters', 'a\uFFFEb\uFFFFc', 'abc'],
  ['markup', '</title><script>alert("1")</script>&amp;', '</title><script>alert("1")</script>&amp;'],
  ['what is no harm', 'Ünïcode 🕷\tand\nlines', 'Ünïcode 🕷\tand\nlines'],
])('47 feeds survive %s', (_, text, read) => {
  const xml = written(text)
  expect(titles(xml)).toEqual([read, read])
  expect(xml).not.toContain('<script>')
})
