import { describe, expect, it } from 'vitest'
import { imageFacts } from '../../../../../src/domain/page/documents/image/image-facts.ts'
import { readDocument } from '../../../../../src/domain/page/read-document.ts'
import { fixture, readBytes, warned } from './fixture.ts'

describe('images', () => {
  it.each([
    ['small.png', { type: 'image/png', width: 16, height: 16, exif: {} }],
    ['small.gif', { type: 'image/gif', width: 16, height: 16, exif: {} }],
    ['footer.png', { type: 'image/png', width: 3000, height: 100, exif: {} }],
    ['header.png', { type: 'image/png', width: 3000, height: 200, exif: {} }],
    ['arrow.gif', { type: 'image/gif', width: 14, height: 7, exif: {} }],
    ['diamond.gif', { type: 'image/gif', width: 12, height: 12, exif: {} }],
    ['small.webp', { type: 'image/webp', width: 16, height: 16, exif: {} }],
    [
      'telephone.jpg',
      {
        type: 'image/jpeg',
        width: 180,
        height: 142,
        exif: { camera: 'Apple iPhone 4S', takenAt: '2012-12-23T14:47:49' },
      },
    ],
    ['turned.jpg', { type: 'image/jpeg', width: 640, height: 480, exif: { orientation: 8 } }],
    ['lens.jpg', { type: 'image/jpeg', width: 1, height: 1, exif: {} }],
  ])('%s tells its size and how it was taken', (name, facts) => {
    expect(imageFacts(fixture(name))).toEqual(facts)
  })

  it('are documents', async () => {
    const reading = await readBytes(fixture('telephone.jpg'), 'image/jpeg')
    expect(reading).toMatchObject({ title: null, links: [], wordCount: 0, warnings: [] })
    expect(reading.markdown).toBe('![](<https://example.com/files/a>)\n')
  })

  it('tell what their maker wrote on them', async () => {
    const body = jpeg(
      tiff([
        [0x010e, 'A web\n[at] dawn'],
        [0x013b, 'Ada'],
        [0x8298, '(c) Ada'],
        [0x0112, 6],
      ]),
    )
    const formats = new Set(['markdown', 'text', 'images', 'metadata'] as const)
    const reading = await readDocument({
      url: 'https://a.test/i(1).jpg',
      contentType: 'image/jpeg',
      body,
      formats,
      onlyMainContent: true,
    })
    expect(reading).toMatchObject({
      description: 'A web\n[at] dawn',
      author: 'Ada',
      markdown: '![A web \\[at\\] dawn](<https://a.test/i(1).jpg>)\n',
      images: [{ url: 'https://a.test/i(1).jpg', alt: 'A web [at] dawn' }],
      metadata: { image: { type: 'image/jpeg', width: 4, height: 3, orientation: 6, copyright: '(c) Ada' } },
    })
  })

  it('leave places out', () => {
    const facts = imageFacts(
      jpeg(
        tiff([
          [0x8825, 8],
          [0x0110, 'GPS 9'],
        ]),
      ),
    )
    expect(facts?.exif).toEqual({ camera: 'GPS 9' })
  })
})

describe('hostile images', () => {
  it.each([
    [
      'directories that name themselves',
      jpeg(
        tiff([
          [0x8769, 8],
          [0x0112, 3],
        ]),
      ),
    ],
    [
      'directories outside the file',
      jpeg(
        tiff([
          [0x8769, 0xffffffff],
          [0x0112, 3],
        ]),
      ),
    ],
  ])('end: %s', (_name, body) => {
    expect(imageFacts(body)?.exif).toEqual({ orientation: 3 })
  })

  it.each(['small.png', 'small.gif', 'small.webp', 'telephone.jpg', 'lens.jpg'])(
    '%s, cut short anywhere or with any length in it wrong, gives an answer',
    (name) => {
      const whole = fixture(name)
      const most = Math.min(whole.length, 1_500)
      for (let at = 0; at < most; at++) {
        imageFacts(whole.subarray(0, at))
        const changed = whole.slice()
        changed[at] = 0xff
        imageFacts(changed)
        changed[at] = 0
        imageFacts(changed)
      }
      expect(imageFacts(whole)).toBeDefined()
    },
  )

  it('of no size are told', async () => {
    expect(warned(await readBytes(fixture('small.png').subarray(0, 12), 'image/png'))).toEqual(['document_damaged'])
  })
})

/** A TIFF of one directory, big-endian: texts and LONGs. */
function tiff(entries: readonly (readonly [number, string | number])[]): Uint8Array {
  const texts = new TextEncoder()
  const start = 8 + 2 + 12 * entries.length + 4
  const bytes = new Uint8Array(start + 1_000)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x4d4d002a)
  view.setUint32(4, 8)
  view.setUint16(8, entries.length)
  let free = start
  for (const [index, [tag, value]] of entries.entries()) {
    const at = 10 + 12 * index
    view.setUint16(at, tag)
    if (typeof value === 'number') {
      view.setUint16(at + 2, 4)
      view.setUint32(at + 4, 1)
      view.setUint32(at + 8, value)
      continue
    }
    const text = texts.encode(`${value}\0`)
    view.setUint16(at + 2, 2)
    view.setUint32(at + 4, text.length)
    bytes.set(text, text.length <= 4 ? at + 8 : free)
    if (text.length > 4) view.setUint32(at + 8, free)
    free += text.length
  }
  return bytes
}

/** 4 by 3 pixels that are not there, with such EXIF. */
function jpeg(exif: Uint8Array): Uint8Array {
  const length = exif.length + 8
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 3, 0, 4, 1, 0, 0, 0]
  const marker = [0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 0xff, ...new TextEncoder().encode('Exif\0\0')]
  return new Uint8Array([...marker, ...exif, ...frame, 0xff, 0xd9])
}
