import { describe, expect, it } from 'vitest'
import { isHtml, isJson, isReadable, isText, isXml, parseMediaType } from '../../../../src/domain/fetch/media-type.ts'
import { sniffMediaType } from '../../../../src/domain/fetch/sniff.ts'

describe('parseMediaType', () => {
  it.each([
    ['text/html', { essence: 'text/html' }],
    [' Text/HTML ; Charset="UTF-8"', { essence: 'text/html', charset: 'UTF-8' }],
    ['text/html;charset=windows-1252;x=y', { essence: 'text/html', charset: 'windows-1252' }],
    ["text/html; charset='utf-8'", { essence: 'text/html', charset: 'utf-8' }],
    ['text/html; x="a; charset=no"; charset=utf-8', { essence: 'text/html', charset: 'utf-8' }],
    ['text/html; charset = utf-8', { essence: 'text/html', charset: 'utf-8' }],
    ['text/html; charset=', { essence: 'text/html' }],
    ['text/html, text/html; charset=utf-8', { essence: 'text/html', charset: 'utf-8' }],
    ['text/html charset=utf-8', { essence: 'text/html', charset: 'utf-8' }],
    ['application/atom+xml;', { essence: 'application/atom+xml' }],
    ['', undefined],
    ['html', undefined],
    ['text/', undefined],
    [';charset=utf-8', undefined],
    [undefined, undefined],
    [null, undefined],
  ])('%j', (header, expected) => {
    expect(parseMediaType(header)).toEqual(expected)
  })

  it.each([' ', ';', 'a', ' a', ';a', ';a=', '"', " a='"])(
    'takes time that grows with the header alone: %j over and over',
    (part) => {
      const started = performance.now()
      parseMediaType(`text/html;${part.repeat(200_000 / part.length)}`)
      expect(performance.now() - started).toBeLessThan(1_000)
    },
  )

  it.each([
    ['text/html', 'html text'],
    ['application/xhtml+xml', 'html xml'],
    ['text/xml', 'xml text'],
    ['application/rss+xml', 'xml'],
    ['application/json', 'json'],
    ['application/ld+json', 'json'],
    ['text/plain', 'text'],
    ['image/png', ''],
  ])('%s is %s', (essence, kinds) => {
    const names = [
      isHtml(essence) && 'html',
      isXml(essence) && 'xml',
      isJson(essence) && 'json',
      isText(essence) && 'text',
    ]
    expect(names.filter(Boolean).join(' ')).toBe(kinds)
  })

  it.each([
    [undefined, true],
    ['nonsense', true],
    ['text/html; charset=utf-8', true],
    ['application/json', true],
    ['application/xml', true],
    ['text/markdown', true],
    ['text/css', false],
    ['text/javascript', false],
    ['application/javascript', false],
    ['image/svg+xml', false],
    ['image/png', false],
    ['application/octet-stream', false],
    ['video/mp4', false],
  ])('%s can be read as a page: %s', (header, readable) => {
    expect(isReadable(header)).toBe(readable)
  })
})

describe('sniffMediaType (MIME Sniffing standard)', () => {
  const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
  it.each([
    ['<!DOCTYPE HTML><title>', 'text/html'],
    ['\n\t <HtMl>', 'text/html'],
    ['<p>', 'text/html'],
    ['<br ', 'text/html'],
    ['<!-- x', 'text/html'],
    ['\u00EF\u00BB\u00BF<html>', 'text/html'],
    ['<pre>', 'text/plain'],
    ['<?xml version="1.0"?>', 'text/xml'],
    ['%PDF-1.7\u0000', 'application/pdf'],
    ['plain words', 'text/plain'],
    ['', 'text/plain'],
    ['\u00FF\u00FEa\u0000', 'text/plain'],
    ['caf\u00E9', 'text/plain'],
    ['\u0089PNG\r\n\u001A\n\u0000', 'application/octet-stream'],
    ['text and then \u0000', 'application/octet-stream'],
  ])('%j is %s', (body, type) => {
    expect(sniffMediaType(bytes(body))).toBe(type)
  })
})
