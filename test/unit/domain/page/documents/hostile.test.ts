import { readdirSync } from 'node:fs'
import { Zip, ZipDeflate, strToU8, zipSync, zlibSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { OpenedZip } from '../../../../../src/domain/page/documents/zip/opened-zip.ts'
import { readDocument } from '../../../../../src/domain/page/read-document.ts'
import { fixture, readBytes, warned } from './fixture.ts'

const TYPES = '[Content_Types].xml'

function docx(body: string, before = ''): Uint8Array {
  return zipSync({
    [TYPES]: strToU8('<Types/>'),
    'word/document.xml': strToU8(`${before}<w:document><w:body>${body}</w:body></w:document>`),
  })
}

const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`

/** An archive whose one part unpacks to so many spaces, made without holding them. */
function bomb(name: string, megabytes: number): Uint8Array {
  const chunks: Uint8Array[] = []
  const zip = new Zip((_error, chunk) => chunks.push(chunk))
  const types = new ZipDeflate(TYPES)
  zip.add(types)
  types.push(strToU8('<Types/>'), true)
  const part = new ZipDeflate(name, { level: 6 })
  zip.add(part)
  part.push(strToU8('<w:document><w:body><w:p><w:r><w:t>Told'))
  const megabyte = new Uint8Array(1_000_000).fill(0x20)
  for (let written = 0; written < megabytes; written++) part.push(megabyte, written === megabytes - 1)
  zip.end()
  return new Uint8Array(Buffer.concat(chunks))
}

function pdf(objects: readonly (string | Uint8Array)[]): Uint8Array {
  const parts: Uint8Array[] = [strToU8('%PDF-1.4\n')]
  const offsets: number[] = []
  let length = parts[0]?.length ?? 0
  for (const [index, object] of objects.entries()) {
    offsets.push(length)
    const body = typeof object === 'string' ? strToU8(object, true) : object
    const whole = [strToU8(`${index + 1} 0 obj\n`), body, strToU8('\nendobj\n')]
    parts.push(...whole)
    length += whole.reduce((sum, each) => sum + each.length, 0)
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`
  parts.push(strToU8(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}${trailer}`))
  return new Uint8Array(Buffer.concat(parts))
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>'
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
const content = (text: string): string => `<< /Length ${text.length} >>\nstream\n${text}\nendstream`

/** Time of the processor, not of the clock: these tests may share their machine. */
function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}

describe('zip bombs', () => {
  it('are unpacked to their bound, and that is told', async () => {
    const making = process.cpuUsage()
    const body = bomb('word/document.xml', 100)
    const madeInMs = cpuMsSince(making)
    expect(body.length).toBeLessThan(150_000)
    const start = process.cpuUsage()
    const reading = await readBytes(body)
    // Whoever packs 100 MB of it works longer than we do.
    expect(cpuMsSince(start)).toBeLessThan(madeInMs)
    expect(reading.markdown?.trim()).toBe('Told')
    expect(warned(reading)).toContain('document_truncated')
  })

  it('are counted over all parts of an archive', () => {
    const part = new Uint8Array(15_000_000)
    const zip = new OpenedZip(zipSync({ a: part, b: part, c: part, d: part, e: part }, { level: 1 }))
    const lengths = zip.names.map((name) => zip.text(name)?.length ?? 0)
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(48_000_000)
    expect(zip.truncated).toBe(true)
  })

  it('are not made by the million empty rows and columns that a spreadsheet declares', async () => {
    const row =
      '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384">'
    const cell = '<text:p>x</text:p></table:table-cell></table:table-row>'
    const sheet = `<office:spreadsheet><table:table table:name="Big">${row}${cell}</table:table></office:spreadsheet>`
    const reading = await readBytes(
      zipSync({
        mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
        'content.xml': strToU8(
          `<office:document-content><office:body>${sheet}</office:body></office:document-content>`,
        ),
      }),
    )
    expect(reading.markdown?.length).toBeLessThan(200_000)
    expect(warned(reading)).toEqual(['too_many_rows'])
  })
})

describe('hostile XML', () => {
  it('has no entities expanded or fetched that it declares', async () => {
    const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at + 1} "${`&lol${at};`.repeat(10)}">`).join('')
    const dtd = `<!DOCTYPE x [<!ENTITY lol0 "lol">${laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]>`
    const reading = await readBytes(docx(paragraph('before &lol9; &file; after'), dtd))
    expect(reading.markdown).toMatch(/^before \S{1,20} \S{1,20} after\n$/)
  })

  it('may nest as deep as it likes', async () => {
    const start = process.cpuUsage()
    const reading = await readBytes(docx(paragraph('above') + '<w:sdt>'.repeat(200_000)))
    expect(cpuMsSince(start)).toBeLessThan(10_000)
    expect(reading.markdown).toBe('above\n')
    expect(warned(reading)).toEqual(['document_truncated'])
  })

  it('may base a style on itself', async () => {
    const style = (id: string, on: string) =>
      `<w:style w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="${on}"/></w:style>`
    const reading = await readBytes(
      zipSync({
        [TYPES]: strToU8('<Types/>'),
        'word/styles.xml': strToU8(`<w:styles>${style('a', 'b')}${style('b', 'a')}</w:styles>`),
        'word/document.xml': strToU8(`<w:document><w:body>${paragraph('text')}</w:body></w:document>`),
      }),
    )
    expect(reading.markdown).toBe('text\n')
  })

  it('gives no markup of its own to the page', async () => {
    const reading = await readBytes(docx(paragraph('&lt;meta name="robots" content="noindex"&gt; &lt;b&gt;')))
    expect(reading.markdown).toContain('\\<meta name="robots" content="noindex">')
    expect(reading.directives).toEqual({ nofollow: false, noindex: false })
  })
})

describe('hostile PDFs', () => {
  it('are not read when a stream unpacks too far', async () => {
    const packed = zlibSync(new Uint8Array(64_000_000), { level: 1 })
    const head = strToU8(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`)
    const stream = new Uint8Array(Buffer.concat([head, packed, strToU8('\nendstream')]))
    const page = '<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>'
    const reading = await readBytes(pdf([CATALOG, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page, stream]))
    expect(warned(reading)).toEqual(['document_too_large'])
  })

  it('may have 10,000 pages: the first 500 are read', async () => {
    const kids = Array.from({ length: 10_000 }, (_, at) => `${at + 5} 0 R`).join(' ')
    const page =
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>'
    const pages = Array.from({ length: 10_000 }, () => page)
    const tree = `<< /Type /Pages /Kids [${kids}] /Count 10000 >>`
    const start = process.cpuUsage()
    const reading = await readBytes(pdf([CATALOG, tree, content('BT /F 9 Tf (words) Tj ET'), FONT, ...pages]))
    expect(cpuMsSince(start)).toBeLessThan(25_000)
    expect(reading.markdown).toContain('<!-- page 500 -->\n\nwords')
    expect(reading.markdown).not.toContain('<!-- page 501 -->')
    expect(warned(reading)).toEqual(['too_many_pages'])
  })

  it('may take their time: what was read when it is over is given', async () => {
    let pauses = 0
    const body = fixture('pages.pdf')
    const formats = new Set(['markdown'] as const)
    const request = { url: 'https://example.com/', contentType: undefined, body, formats, onlyMainContent: true }
    const reading = await readDocument(request, () => Promise.resolve(++pauses < 2))
    expect(reading.markdown).toContain('<!-- page 1 -->')
    expect(reading.markdown).not.toContain('<!-- page 2 -->')
    expect(warned(reading)).toEqual(['too_many_pages'])
  })

  it.each([
    ['a tree of pages that leads back to itself', '<< /Type /Pages /Kids [2 0 R] /Count 1 >>'],
    ['arrays nested 100,000 deep', '['.repeat(100_000)],
  ])('may have %s', async (_name, object) => {
    const reading = await readBytes(pdf([CATALOG, object]))
    expect(warned(reading)).not.toEqual([])
  })
})

describe('damaged documents', () => {
  const names = readdirSync(new URL('../../../../fixtures/documents', import.meta.url)).filter(
    (name) => !name.endsWith('.md'),
  )

  it.each(names)('%s, cut short or with bytes changed, still gives a reading', async (name) => {
    const whole = fixture(name)
    for (const part of [0.1, 0.5, 0.9, 0.99])
      expect(await readBytes(whole.subarray(0, whole.length * part))).toHaveProperty('markdown')
    let seed = 2
    for (let round = 0; round < 12; round++) {
      const changed = whole.slice()
      for (let count = 0; count < 20; count++) {
        // A linear congruential generator (Numerical Recipes): the same damage in every run.
        seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
        changed[seed % changed.length] = seed >>> 24
      }
      expect(await readBytes(changed)).toHaveProperty('markdown')
    }
  })
})
