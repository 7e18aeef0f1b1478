import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { WARCParser, type WARCRecord } from 'warcio'
import { describe, expect, it } from 'vitest'
import {
  REVISIT_PROFILE,
  type WarcRecord,
  httpRequestBlock,
  httpResponseBlock,
  readHttpBlock,
  readWarcRecord,
  warcRecord,
} from '../../../../src/domain/archive/warc-record.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (block: Uint8Array): string => new TextDecoder().decode(block)
const sha256 = (block: Uint8Array): string => `sha256:${createHash('sha256').update(block).digest('hex')}`

const PAGE: WarcRecord = {
  type: 'response',
  targetUri: 'https://example.com/é?a=b',
  date: '2026-11-24T10:00:00.123Z',
  id: 'urn:uuid:019a0000-0000-7000-8000-000000000001',
  contentType: 'application/http; msgtype=response',
  block: httpResponseBlock({
    status: 200,
    headers: [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Encoding', 'gzip'],
      ['content-length', '17'],
      ['Transfer-Encoding', 'chunked'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ],
    body: bytes('<p>hellö</p>'),
  }),
}

describe('warcRecord (ISO 28500:2017)', () => {
  it('writes version, named fields, the length of the block, the block and two line ends', () => {
    const record = warcRecord({
      type: 'metadata',
      targetUri: 'https://example.com/',
      date: '2026-11-24T10:00:00Z',
      id: '<urn:uuid:1>',
      contentType: 'text/plain',
      headers: [['WARC-Refers-To', '<urn:uuid:0>']],
      block: bytes('ä'),
    })
    expect(text(record)).toBe(
      'WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-11-24T10:00:00Z\r\n' +
        'WARC-Target-URI: https://example.com/\r\nWARC-Refers-To: <urn:uuid:0>\r\nContent-Type: text/plain\r\n' +
        'Content-Length: 2\r\n\r\nä\r\n\r\n',
    )
  })

  it('puts the angle brackets around an id that has none (§5.2)', () => {
    expect(readWarcRecord(warcRecord(PAGE)).headers.get('warc-record-id')).toBe(
      '<urn:uuid:019a0000-0000-7000-8000-000000000001>',
    )
  })

  it('lets no value smuggle in a field of its own', () => {
    const record = warcRecord({ ...PAGE, targetUri: 'https://example.com/\r\nWARC-Type: warcinfo' })
    expect(readWarcRecord(record).headers.get('warc-type')).toBe('response')
  })
})

describe('httpResponseBlock', () => {
  it('states the length of the decoded body and keeps what was on the wire under another name', () => {
    const { status, headers, body } = readHttpBlock(PAGE.block)
    expect(status).toBe(200)
    expect(text(body)).toBe('<p>hellö</p>')
    expect(headers.get('content-length')).toBe('13')
    expect(headers.has('content-encoding')).toBe(false)
    expect(headers.has('transfer-encoding')).toBe(false)
    expect(headers.get('x-archive-orig-content-encoding')).toBe('gzip')
    expect(headers.get('x-archive-orig-content-length')).toBe('17')
    expect(headers.get('set-cookie')).toBe('a=1\nb=2')
  })

  it.each([
    [200, 'HTTP/1.1 200 OK'],
    [404, 'HTTP/1.1 404 Not Found'],
    [599, 'HTTP/1.1 599 Status'],
  ])('gives status %i a reason phrase', (status, line) => {
    expect(text(httpResponseBlock({ status, headers: [], body: new Uint8Array() })).split('\r\n')[0]).toBe(line)
  })

  it('lets no header value end the headers', () => {
    const block = httpResponseBlock({ status: 200, headers: [['X-A', 'b\r\n\r\n<script>']], body: bytes('body') })
    expect(text(readHttpBlock(block).body)).toBe('body')
  })
})

describe('httpRequestBlock', () => {
  it('writes the request as it goes to the server', () => {
    const block = httpRequestBlock({
      method: 'GET',
      url: 'https://example.com:8443/a?b=c',
      headers: [['Accept', '*/*']],
    })
    expect(text(block)).toBe('GET /a?b=c HTTP/1.1\r\nHost: example.com:8443\r\nAccept: */*\r\n\r\n')
  })
})

describe('readWarcRecord', () => {
  it('reads one record after another by their lengths', () => {
    const both = Buffer.concat([warcRecord(PAGE), warcRecord({ ...PAGE, type: 'conversion', block: bytes('# hellö') })])
    const first = readWarcRecord(both)
    const second = readWarcRecord(both.subarray(first.length))
    expect(first.block).toEqual(Buffer.from(PAGE.block))
    expect(text(second.block)).toBe('# hellö')
    expect(first.length + second.length).toBe(both.byteLength)
  })

  it('reads a block that holds what looks like the end of headers', () => {
    const block = bytes('a\r\n\r\nb\r\n\r\n')
    expect(text(readWarcRecord(warcRecord({ ...PAGE, block })).block)).toBe('a\r\n\r\nb\r\n\r\n')
  })

  it('refuses a record that was cut', () => {
    const record = warcRecord(PAGE)
    expect(() => readWarcRecord(record.subarray(0, record.byteLength - 10))).toThrow('cut')
    expect(() => readWarcRecord(record.subarray(0, 20))).toThrow('no end of its headers')
    expect(() => readWarcRecord(bytes('HTTP/1.1 200 OK\r\n\r\n'))).toThrow('Not a WARC record')
  })
})

describe('a .warc.gz of our records', () => {
  it('is read whole by warcio, digests and all', async () => {
    const { body } = readHttpBlock(PAGE.block)
    const digests: [string, string][] = [
      ['WARC-Block-Digest', sha256(PAGE.block)],
      ['WARC-Payload-Digest', sha256(body)],
    ]
    const records: WarcRecord[] = [
      { ...PAGE, type: 'warcinfo', contentType: 'application/warc-fields', block: bytes('software: Lapis Spider\r\n') },
      { ...PAGE, type: 'request', contentType: 'application/http; msgtype=request', block: requestOf(PAGE) },
      { ...PAGE, headers: digests },
      { ...PAGE, type: 'conversion', contentType: 'text/markdown', block: bytes('hellö') },
      {
        ...PAGE,
        type: 'resource',
        contentType: 'image/png',
        block: new Uint8Array([0x89, 0x50, 0, 0x0d, 0x0a, 0x0d, 0x0a]),
      },
      { ...PAGE, type: 'metadata', contentType: 'application/json', block: bytes('{}') },
      { ...PAGE, type: 'revisit', headers: [['WARC-Profile', REVISIT_PROFILE.notModified]], block: notModified() },
    ]
    const read = await readByWarcio(records.map(warcRecord))
    expect(read.map(({ type, payload }) => ({ type, payload }))).toEqual([
      { type: 'warcinfo', payload: 'software: Lapis Spider\r\n' },
      { type: 'request', payload: '' },
      { type: 'response', payload: '<p>hellö</p>' },
      { type: 'conversion', payload: 'hellö' },
      { type: 'resource', payload: text(new Uint8Array([0x89, 0x50, 0, 0x0d, 0x0a, 0x0d, 0x0a])) },
      { type: 'metadata', payload: '{}' },
      { type: 'revisit', payload: '' },
    ])
    const response = read[2]?.record
    expect(response?.warcTargetURI).toBe('https://example.com/é?a=b')
    expect(response?.warcDate).toBe('2026-11-24T10:00:00.123Z')
    expect(response?.warcPayloadDigest).toBe(sha256(body))
    expect(response?.httpHeaders?.statusCode).toBe(200)
    expect(response?.httpHeaders?.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})

function requestOf({ targetUri = '' }: WarcRecord): Uint8Array {
  return httpRequestBlock({ method: 'GET', url: targetUri, headers: [['User-Agent', 'LapisSpider']] })
}

function notModified(): Uint8Array {
  return httpResponseBlock({ status: 304, headers: [['ETag', '"1"']], body: new Uint8Array() })
}

async function readByWarcio(
  records: Uint8Array[],
): Promise<{ type: string | null; payload: string; record: WARCRecord }[]> {
  const members = records.map((record) => gzipSync(record))
  const parser = new WARCParser([Buffer.concat(members)])
  const read = []
  for await (const record of parser) {
    const payload = text(await record.readFully(false))
    read.push({ type: record.warcType, payload, record })
  }
  return read
}
