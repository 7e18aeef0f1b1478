import { describe, expect, it } from 'vitest'
import { prettyJson } from '../../../../../src/domain/page/documents/pretty-json.ts'
import { prettyXml } from '../../../../../src/domain/page/documents/pretty-xml.ts'

describe('JSON in one line', () => {
  it('gets a line to each member, values as they are written', () => {
    const json = '{"id":12345678901234567890,"a":1,"a":2.50,"list":[1,{"b":"x\\"]}, :"}],"none":{},"no":[],"t":true}'
    expect(prettyJson(json)).toBe(`{
  "id": 12345678901234567890,
  "a": 1,
  "a": 2.50,
  "list": [
    1,
    {
      "b": "x\\"]}, :"
    }
  ],
  "none": {},
  "no": [],
  "t": true
}`)
  })

  it.each([
    ['lines of its own', '{"a":\n1}'],
    ['two values', '{"a":1}{"b":2}'],
    ['an end missing', '{"a":[1,2'],
    ['another end', '{"a":[1}]'],
    ['a string without end', '{"a":"b}'],
    ['more depth than data', '['.repeat(2_000) + ']'.repeat(2_000)],
    ['too much to lay out', `[${'1,'.repeat(300_000)}1]`],
  ])('stays as it is with %s', (_name, json) => {
    expect(prettyJson(json)).toBe(json)
  })
})

describe('XML in one line', () => {
  it('gets a line to each element, text and its surroundings as they are written', () => {
    const xml =
      '<?xml version="1.0"?><!-- x --><tea a="b>c"><name>Green &amp; more</name><note>One <b>two</b> <i/></note><empty></empty><leaf/> <c><![CDATA[<d>]]></c></tea>'
    expect(prettyXml(xml)).toBe(`<?xml version="1.0"?>
<!-- x -->
<tea a="b>c">
  <name>Green &amp; more</name>
  <note>One <b>two</b> <i/></note>
  <empty></empty>
  <leaf/>
  <c><![CDATA[<d>]]></c>
</tea>`)
  })

  it.each([
    ['lines of its own', '<a>\n<b/></a>'],
    ['a DTD', '<!DOCTYPE a [<!ENTITY x "y">]><a><b/></a>'],
    ['an end tag too few', '<a><b><c/></a>'],
    ['an end tag too many', '<a/></b>'],
    ['a tag without end', '<a><b c="'],
    ['more depth than data', '<a>'.repeat(2_000) + '</a>'.repeat(2_000)],
    ['quotes without end', '<a b="'.repeat(20_000)],
  ])('stays as it is with %s', (_name, xml) => {
    expect(prettyXml(xml)).toBe(xml)
  })
})
