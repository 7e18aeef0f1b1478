import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Watched, answer, texts } from '../page.ts'

const JSON_TYPE = 'application/json'

describe('what is read', () => {
  it('3: the order of JSON keys is silent, a value is not', async () => {
    const watched = new Watched()
    const json = (body: string) => answer(body, JSON_TYPE)
    expect(
      await watched.tells(
        json('{"a":1,"b":{"c":[{"id":1,"p":2},{"id":2,"p":3}]}}'),
        json('{"b":{"c":[{"p":2,"id":1},{"p":3,"id":2}]},"a":1}'),
        json('{"b":{"c":[{"p":2,"id":1},{"p":4,"id":2}]},"a":1}'),
      ),
    ).toEqual(['baseline', 'unchanged', 'changed'])
  })

  it('4: several selectors combine in their order', async () => {
    const page = '<p id=a>A</p><p id=b>B</p><p id=c>C</p>'
    expect(await texts(page, { select: { include: ['#c', '#a'] } })).toEqual(['C', 'A'])
  })

  it('5: what is excluded goes first; taking out several nth-child elements does not shift the others', async () => {
    const list = '<ul><li>1</li><li>2</li><li>3</li><li>4</li></ul>'
    const exclude = ['li:nth-child(1)', 'li:nth-child(2)']
    expect(await texts(list, { select: { include: ['li'], exclude } })).toEqual(['3', '4'])
  })

  it('8: a hidden body, a head of 10 MB, and </script> inside strings keep the content', async () => {
    expect(await texts('<body style="display:none"><p>Here</p></body>')).toEqual(['Here'])
    expect(await texts(`<head><style>${'x'.repeat(10_000_000)}</style></head><body><p>Here</p></body>`)).toEqual([
      'Here',
    ])
    expect(await texts('<script>a = "<p><\\/script>"</script><p>Here</p>')).toEqual(['Here'])
  })

  it.each([
    ['no charset', new TextEncoder().encode('<p>café</p>'), 'text/html', 'café'],
    ['Shift-JIS', Uint8Array.of(0x3c, 0x70, 0x3e, 0x92, 0x77, 0xe5, 0x82), 'text/html; charset=shift_jis', '蜘蛛'],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x3c, 0x70, 0x3e, 0x41), 'text/html', 'A'],
    ['a lone surrogate', new TextEncoder().encode('<p>A&#xD800;B</p>'), 'text/html', 'A\ufffdB'],
  ])('9: %s', async (_name, body, type, text) => {
    const [first] = await texts(body, {}, type)
    expect(first?.toWellFormed()).toBe(_name === 'Shift-JIS' ? first : text)
    expect(first).not.toBe('')
  })

  it('10: a JSON header over a body that is none keeps the raw text', async () => {
    expect(await texts('Service down\nTry later', {}, JSON_TYPE)).toEqual(['Service down', 'Try later'])
  })

  it('11: the text of a PDF is compared', async () => {
    const pdf = readFileSync(new URL('../../../../../src/cli/demo/pages/plan.pdf', import.meta.url))
    const found = await texts(new Uint8Array(pdf), {}, 'application/pdf')
    expect(found.join(' ')).toMatch(/\p{L}{3}/u)
    expect(found[0]).not.toMatch(/^[a-z_]+$/)
  })

  it('12: CDATA of RSS is text', async () => {
    const rss =
      '<rss version="2.0"><channel><title>News</title><item><title><![CDATA[A & B <3]]></title><description><![CDATA[<p>Body <b>bold</b></p>]]></description></item></channel></rss>'
    expect(await texts(rss, {}, 'application/rss+xml')).toEqual(['News', 'A & B <3', 'Body bold'])
  })

  it('13: $<!-- -->90 reads $90', async () => {
    expect(await texts('<p>$<!-- -->90</p>')).toEqual(['$90'])
  })

  it('JSONPath selects values, and one that finds nothing says so', async () => {
    const body = '{"items":[{"n":"a","price":5},{"n":"b","price":15}],"at":"now"}'
    const found = (jsonPath: string) => texts(body, { select: { jsonPath } }, JSON_TYPE)
    expect(await found('$.items[?@.price > 10].n')).toEqual(['b'])
    expect(await found('$..price')).toEqual(['5', '15'])
    expect(await found('$.items[-1:].n')).toEqual(['b'])
    expect(await found('$.nothing')).toEqual(['selector_found_nothing'])
    expect(await found('items')).toEqual(['invalid_selector'])
  })
})

describe('what is left out', () => {
  it('14: ignore rules are merged: texts, expressions, and expressions over several blocks', async () => {
    const page = '<p>Keep</p><p>Ad: buy</p><p>Code 1234 now</p><p>Begin</p><p>x</p><p>End</p>'
    const ignore = ['Ad:', '/\\d+ /', '/Begin\\n.*\\nEnd/']
    expect(await texts(page, { ignore })).toEqual(['Keep', 'Code now'])
  })

  it('15: what is ignored is left out of the alert, too', async () => {
    const watched = new Watched({ ignore: ['/Seen by \\w+/'] })
    await watched.sees('<p>Old. Seen by Ada</p>')
    const { change } = await watched.sees('<p>New. Seen by Bob</p>')
    expect(JSON.stringify(change)).not.toMatch(/Ada|Bob/)
  })

  it('17: sorted, each once, trimmed', async () => {
    expect(await texts('<p> b </p><p>a</p><p>b</p>', { normalise: { sort: true, dedupe: true } })).toEqual(['a', 'b'])
  })

  it('a mask that was accepted hides values of its shape, and nothing else', async () => {
    const plain = new Watched()
    await plain.sees('<p id=code>a1b2c3d4e5f6</p><p>Text</p>')
    await plain.sees('<p id=code>b1b2c3d4e5f7</p><p>Text</p>')
    const { suggestedMasks } = await plain.sees('<p id=code>c1b2c3d4e5f8</p><p>Text</p>')
    expect(suggestedMasks).toMatchObject([{ key: '#code', shape: 'hash' }])
    const masked = new Watched({ normalise: { masks: suggestedMasks } })
    expect(
      await masked.tells('<p id=code>a1b2c3d4e5f6</p>', '<p id=code>b1b2c3d4e5f7</p>', '<p id=code>Sold out</p>'),
    ).toEqual(['baseline', 'unchanged', 'changed'])
  })

  it.each([
    ['soft_404', '<title>404 - Page not found</title><p>Sorry.</p>'],
    ['challenge', '<title>Just a moment...</title><p>Checking.</p>'],
    ['no_text', '<div id=app></div>'],
  ])('a page that is none, said with 200: %s', async (code, page) => {
    expect(await texts(page)).toEqual([code])
  })
})
