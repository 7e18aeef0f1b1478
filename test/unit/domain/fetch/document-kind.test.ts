import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import {
  declaresDocument,
  declaresNothing,
  documentKind,
  isEncryptedOffice,
  startsAsDocument,
} from '../../../../src/domain/fetch/document-kind.ts'
import { fixture } from '../page/documents/fixture.ts'

const stored = (text: string): [Uint8Array, { level: 0 }] => [strToU8(text), { level: 0 }]
const openXml = (part: string): Uint8Array =>
  zipSync({ '[Content_Types].xml': strToU8('<Types/>'), [part]: strToU8('<x/>') })

describe('documentKind', () => {
  it.each<[string, Uint8Array, string | undefined]>([
    ['a PDF header', strToU8('%PDF-1.7\n'), 'pdf'],
    ['a PDF header after a mail header, within 1,024 bytes', strToU8(`${'x: y\n'.repeat(190)}%PDF-1.4`), 'pdf'],
    ['a page that speaks of %PDF-', strToU8('<!doctype html><p>%PDF-1.7 begins a PDF'), undefined],
    ['text that names %PDF- later', strToU8(`${' '.repeat(1_024)}%PDF-1.4`), undefined],
    ['word/', openXml('word/document.xml'), 'docx'],
    ['xl/', openXml('xl/workbook.xml'), 'xlsx'],
    ['ppt/', openXml('ppt/presentation.xml'), 'pptx'],
    ['another package', openXml('3D/model.model'), undefined],
    ['a plain archive', zipSync({ 'word/document.xml': strToU8('<x/>') }), undefined],
    ['OpenDocument text', zipSync({ mimetype: stored('application/vnd.oasis.opendocument.text') }), 'odt'],
    ['its template', zipSync({ mimetype: stored('application/vnd.oasis.opendocument.text-template') }), 'odt'],
    ['a formula', zipSync({ mimetype: stored('application/vnd.oasis.opendocument.formula') }), undefined],
    ['an e-book', zipSync({ mimetype: stored('application/epub+zip') }), 'epub'],
    ['an archive cut short', openXml('word/document.xml').subarray(0, 60), undefined],
    ['nothing', new Uint8Array(), undefined],
  ])('%s', (_what, body, kind) => {
    expect(documentKind(body)).toBe(kind)
  })
})

describe('startsAsDocument', () => {
  it.each([
    ['%PDF-1.4', true],
    ['PK\x03\x04', true],
    ['PK\x05\x06', false],
    ['MZ', false],
    ['<!doctype html>', false],
    ['', false],
  ])('%j: %s', (start, is) => {
    expect(startsAsDocument(strToU8(start, true))).toBe(is)
  })
})

describe('declared types', () => {
  it.each([
    ['application/pdf', true, false],
    ['APPLICATION/PDF; name="a.pdf"', true, false],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', true, false],
    ['application/vnd.oasis.opendocument.spreadsheet', true, false],
    ['application/octet-stream', false, true],
    ['application/zip', false, true],
    ['application/msword', false, true],
    ['image/png', false, false],
    [undefined, false, false],
  ])('%s', (contentType, isDocument, isNothing) => {
    expect([declaresDocument(contentType), declaresNothing(contentType)]).toEqual([isDocument, isNothing])
  })
})

it('knows an office document that is encrypted', () => {
  expect(isEncryptedOffice(fixture('protected.xlsx'))).toBe(true)
  expect(isEncryptedOffice(fixture('one-cell.xlsx'))).toBe(false)
})
