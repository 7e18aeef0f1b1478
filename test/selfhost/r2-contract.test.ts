import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type R2UnderTest, overDisk, overMiniflare, temporaryDirectory } from './r2-under-test.ts'

const START_MS = 30_000
const MANY_MS = 30_000
const md5 = (text: string) => createHash('md5').update(text).digest('hex')

const disk = temporaryDirectory()
afterAll(() => disk.remove())

interface Listing {
  keys: string[]
  truncated: boolean
  cursor?: string
  delimitedPrefixes: string[]
}

/** One suite for every implementation: what holds for R2 holds for the disk. */
describe.each([
  ['over disk', () => overDisk(disk.path)],
  ['Miniflare', overMiniflare],
])('R2 %s', (_, open) => {
  let r2: R2UnderTest
  beforeAll(async () => {
    r2 = await open()
  }, START_MS)
  afterAll(() => r2.close())

  const all = async (...steps: unknown[][]): Promise<unknown[]> => {
    const answer = await fetch(r2.url, { method: 'POST', body: JSON.stringify({ steps }) })
    return (await answer.json()) as unknown[]
  }
  const last = async (...steps: unknown[][]) => (await all(...steps)).at(-1)

  const everyPage = async (options: Record<string, unknown>): Promise<Listing[]> => {
    const pages: Listing[] = []
    for (let cursor: string | undefined; pages.length === 0 || cursor !== undefined;) {
      const page = (await last(['list', { ...options, ...(cursor && { cursor }) }])) as Listing
      pages.push(page)
      cursor = page.truncated ? page.cursor : undefined
    }
    return pages
  }

  describe('an object', () => {
    it('is given back as it was put, with its metadata', async () => {
      const options = {
        httpMetadata: { contentType: 'text/plain', cacheControl: 'no-store' },
        customMetadata: { Author: 'ü', b: '2' },
      }
      expect(await last(['put', 'a/one', 'hello', options], ['get', 'a/one'])).toMatchObject({
        key: 'a/one',
        text: 'hello',
        size: 5,
        etag: md5('hello'),
        httpEtag: `"${md5('hello')}"`,
        checksums: { md5: md5('hello') },
        ...options,
      })
    })

    it('may be empty', async () => {
      expect(await last(['put', 'empty', ''], ['get', 'empty'])).toMatchObject({ size: 0, text: '' })
    })

    it('may have any name', async () => {
      const key = 'weird/%2e%2e/../"\\ ?#ключ'
      expect(await last(['put', key, 'x'], ['get', key])).toMatchObject({ key, text: 'x' })
    })

    it('is replaced as a whole by the next', async () => {
      const [first, second, found] = (await all(
        ['put', 'twice', 'first', { customMetadata: { old: 'yes' } }],
        ['put', 'twice', 'second'],
        ['get', 'twice'],
      )) as { version: string }[]
      expect(found).toMatchObject({ text: 'second', customMetadata: {} })
      expect(second?.version).not.toBe(first?.version)
    })

    it(
      'may be streamed, beyond what fits into memory at once',
      async () => {
        const put = await last(['putStream', 'large', '0123456789abcdef'.repeat(4_096), 320])
        expect(put).toMatchObject({ size: 20_971_520, etag: md5('0123456789abcdef'.repeat(4_096 * 320)) })
        expect(await last(['getLength', 'large'])).toBe(20_971_520)
        expect(await last(['get', 'large', { range: { offset: 16_777_210, length: 16 } }])).toMatchObject({
          text: 'abcdef0123456789',
        })
      },
      MANY_MS,
    )

    it('that is not there is null', async () => {
      expect(await all(['get', 'nowhere'], ['head', 'nowhere'])).toEqual([null, null])
    })

    it('is gone once deleted; deleting it again is no error', async () => {
      expect(await all(['put', 'gone', 'x'], ['delete', 'gone'], ['delete', 'gone'], ['get', 'gone'])).toMatchObject([
        {},
        null,
        null,
        null,
      ])
    })

    it('goes together with others', async () => {
      await all(
        ['put', 'many/1', 'x'],
        ['put', 'many/2', 'x'],
        ['put', 'many/3', 'x'],
        ['delete', ['many/1', 'many/3', 'many/none']],
      )
      expect(await last(['list', { prefix: 'many/' }])).toMatchObject({ keys: ['many/2'] })
    })
  })

  describe('a range', () => {
    it.each([
      [{ offset: 2 }, '23456789', { offset: 2, length: 8 }],
      [{ offset: 2, length: 3 }, '234', { offset: 2, length: 3 }],
      [{ length: 3 }, '012', { offset: 0, length: 3 }],
      [{ suffix: 3 }, '789', { offset: 7, length: 3 }],
      [{ offset: 8, length: 99 }, '89', { offset: 8, length: 2 }],
    ])('%o', async (range, text, given) => {
      expect(await last(['put', 'digits', '0123456789'], ['get', 'digits', { range }])).toMatchObject({
        text,
        range: given,
        size: 10,
      })
    })

    it('may come as a header', async () => {
      expect(
        await last(['put', 'digits', '0123456789'], ['get', 'digits', { rangeHeader: 'bytes=1-2' }]),
      ).toMatchObject({ text: '12' })
    })

    it('beyond the end is an error', async () => {
      expect(await last(['put', 'digits', '0123456789'], ['get', 'digits', { range: { offset: 10 } }])).toMatchObject({
        error: expect.stringContaining('10039'),
      })
    })
  })

  describe('a condition', () => {
    const etag = md5('x')

    it.each([
      ['an ETag that matches', { etagMatches: etag }, true],
      ['an ETag that does not', { etagMatches: md5('y') }, false],
      ['an ETag that must not match', { etagDoesNotMatch: etag }, false],
      ['a time before it was put', { uploadedBefore: '2020-01-01' }, false],
      ['a time after which it was put', { uploadedAfter: '2020-01-01' }, true],
    ])('%s decides whether get gives the body', async (_case, onlyIf, isGiven) => {
      const found = (await last(['put', 'if', 'x'], ['get', 'if', { onlyIf }])) as { etag: string; text?: string }
      expect(found.etag).toBe(etag)
      expect(found.text).toBe(isGiven ? 'x' : undefined)
    })

    it('decides whether put does anything', async () => {
      const steps = [
        ['put', 'put-if', 'first', { onlyIf: { etagDoesNotMatch: '*' } }],
        ['put', 'put-if', 'second', { onlyIf: { etagDoesNotMatch: '*' } }],
        ['put', 'put-if', 'third', { onlyIf: { etagMatches: md5('other') } }],
        ['get', 'put-if'],
      ]
      expect(await all(['delete', 'put-if'], ...steps)).toMatchObject([
        null,
        { size: 5 },
        null,
        null,
        { text: 'first' },
      ])
    })
  })

  describe('a checksum', () => {
    const sha256 = createHash('sha256').update('x').digest('hex')

    it('that was given is kept', async () => {
      expect(await last(['put', 'sum', 'x', { sha256 }], ['head', 'sum'])).toMatchObject({ checksums: { sha256 } })
    })

    it.each([
      ['md5', md5('other')],
      ['sha256', createHash('sha256').update('other').digest('hex')],
    ])('that does not match refuses the object: %s', async (name, sum) => {
      const [, refused, found] = await all(
        ['put', 'sum', 'before'],
        ['put', 'sum', 'x', { [name]: sum }],
        ['get', 'sum'],
      )
      expect(refused).toMatchObject({ error: expect.stringContaining('10037') })
      expect(found).toMatchObject({ text: 'before' })
    })
  })

  describe('a listing', () => {
    const keys = Array.from(
      { length: 25 },
      (_unused, index) => `list/${String.fromCodePoint(97 + (index % 5))}/${index}`,
    )
    const sorted = keys.toSorted()

    beforeAll(async () => {
      await all(['putMany', [...keys, 'list/z', 'lisu', 'lis']])
    }, MANY_MS)

    it.each([1, 2, 7, 26, 1_000])('in pages of %i has every key once, in order', async (limit) => {
      const pages = await everyPage({ prefix: 'list/', limit })
      expect(pages.flatMap((page) => page.keys)).toEqual([...sorted, 'list/z'])
      expect(pages.every((page) => page.keys.length <= limit)).toBe(true)
    })

    it('starts after a key', async () => {
      expect(await last(['list', { prefix: 'list/', startAfter: sorted[22] }])).toMatchObject({
        keys: [...sorted.slice(23), 'list/z'],
      })
    })

    it.each([1, 2, 3, 1_000])('folds what the delimiter separates, in pages of %i', async (limit) => {
      const pages = await everyPage({ prefix: 'list/', delimiter: '/', limit })
      expect(pages.flatMap((page) => page.delimitedPrefixes)).toEqual(
        ['a', 'b', 'c', 'd', 'e'].map((letter) => `list/${letter}/`),
      )
      expect(pages.flatMap((page) => page.keys)).toEqual(['list/z'])
    })

    it('of nothing is empty', async () => {
      expect(await last(['list', { prefix: 'no such prefix' }])).toMatchObject({
        keys: [],
        truncated: false,
        delimitedPrefixes: [],
      })
    })

    it('tells the metadata that was asked for', async () => {
      const put = ['put', 'meta/1', 'x', { httpMetadata: { contentType: 'a/b' }, customMetadata: { k: 'v' } }]
      const wanted = { prefix: 'meta/', include: ['customMetadata'] }
      expect(await last(put, ['list', wanted])).toMatchObject({
        objects: [{ key: 'meta/1', size: 1, httpMetadata: {}, customMetadata: { k: 'v' } }],
      })
    })
  })

  it('refuses a key of more than 1024 bytes', async () => {
    expect(await last(['put', 'é'.repeat(513), 'x'])).toMatchObject({ error: expect.stringContaining('10020') })
  })
})

describe('R2 over disk, beyond the contract', () => {
  const open = temporaryDirectory()
  afterAll(() => open.remove())
  const blobs = () =>
    readdirSync(join(open.path, 'blobs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const ask = async (r2: R2UnderTest, ...steps: unknown[][]) =>
    (await (await fetch(r2.url, { method: 'POST', body: JSON.stringify({ steps }) })).json()) as unknown[]

  it(
    'keeps objects over a restart, and no bytes of what was replaced, refused or deleted',
    async () => {
      const first = await overDisk(open.path)
      await ask(first, ['put', 'kept', 'old'], ['put', 'kept', 'new'], ['put', 'gone', 'x'], ['delete', 'gone'])
      await ask(first, ['put', 'kept', 'refused', { md5: md5('other') }])
      await expect.poll(() => blobs().length).toBe(1)
      await first.close()
      const second = await overDisk(open.path)
      expect(await ask(second, ['get', 'kept'])).toMatchObject([{ text: 'new' }])
      await second.close()
    },
    START_MS * 2,
  )
})
