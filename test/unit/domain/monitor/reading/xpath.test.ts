import { describe, expect, it } from 'vitest'
import { texts } from '../page.ts'

const PAGE = `<ul id=list><li class="a">One <b>x</b></li><li class="b" data-n="7">Two</li><li>Three</li></ul><p>$<i>5</i></p>`

describe('6: XPath', () => {
  it.each([
    ['//li[2]', ['Two']],
    ['//li[last()]/text()', ['Three']],
    ['//li[@class="a"]/b', ['x']],
    ['//li/@class', ['a', 'b']],
    ['count(//li)', ['3']],
    ['//ul[@id="list"]/li[contains(., "T") and not(@data-n)]', ['Three']],
    ['string(//p)', ['$5']],
    ['//li[@data-n > 5] | //p', ['Two', '$5']],
    ['(//li)[1]', ['One x']],
    ['//b/../following-sibling::li[1]', ['Two']],
    ['normalize-space(//li[starts-with(normalize-space(), "One")])', ['One x']],
    ['//table', ['selector_found_nothing']],
  ])('%s', async (xpath, found) => {
    expect(await texts(PAGE, { select: { xpath } })).toEqual(found)
  })

  it('finds what a feed has in its default namespace', async () => {
    const feed =
      '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A &amp; B</title></entry><entry><title>C</title></entry></feed>'
    const read = (xpath: string) => texts(feed, { select: { xpath } }, 'application/atom+xml')
    expect(await read('/feed/entry/title')).toEqual(['A & B', 'C'])
    expect(await read('count(//entry)')).toEqual(['2'])
  })
})

describe('7: XPath reaches nothing outside the document', () => {
  it.each(['document("/etc/passwd")', 'doc("file:///etc/passwd")', 'unparsed-text("http://10.0.0.1/")', '//li[', '$x'])(
    '%s',
    async (xpath) => {
      expect(await texts(PAGE, { select: { xpath } })).toEqual(['invalid_selector'])
    },
  )

  it('entities that a document declares are not expanded', async () => {
    const xml = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><b>&x;</b></a>'
    expect(await texts(xml, { select: { xpath: '//b' } }, 'application/xml')).toEqual(['&x;'])
  })

  it('ends what looks at too many nodes', async () => {
    const page = '<i></i>'.repeat(3_000)
    expect(await texts(page, { select: { xpath: '//*[count(//*[count(//*) > 1]) > 1]' } })).toEqual([
      'invalid_selector',
    ])
  })
})
