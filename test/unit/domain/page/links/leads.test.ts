import { describe, expect, it } from 'vitest'
import { metaRefresh } from '../../../../../src/domain/page/links/meta-refresh.ts'
import { readPage } from '../../../../../src/domain/page/read-page.ts'

function read(html: string) {
  return readPage({
    url: 'https://site.test/a/b',
    contentType: 'text/html; charset=utf-8',
    body: new TextEncoder().encode(html),
    formats: new Set(['text'] as const),
    onlyMainContent: false,
  })
}

describe('what a page leads to without a link', () => {
  it('is its frames, resolved against the base', () => {
    const html = '<base href="/c/"><iframe src="in.html"></iframe><iframe src="about:blank"></iframe><iframe></iframe>'
    expect(read(html).leads).toEqual([{ url: 'https://site.test/c/in.html', by: 'iframe' }])
  })

  it('is the pages of a frameset', () => {
    expect(read('<frameset><frame src="menu.html"><frame src="/main.html"></frameset>').leads).toEqual([
      { url: 'https://site.test/a/menu.html', by: 'frame' },
      { url: 'https://site.test/main.html', by: 'frame' },
    ])
  })

  it('is the page that it refreshes to, with a warning', () => {
    const { leads, warnings } = read('<meta http-equiv="Refresh" content="0; URL=\'/new\'">')
    expect(leads).toEqual([{ url: 'https://site.test/new', by: 'refresh' }])
    expect(warnings).toEqual([
      { code: 'meta_refresh', detail: 'The page sends its readers to https://site.test/new at once.' },
    ])
  })

  it('is nothing when it only reloads itself', () => {
    for (const content of ['300', '5; url=', '5; url=/a/b']) {
      const { leads, warnings } = read(`<meta http-equiv="refresh" content="${content}">`)
      expect({ leads, warnings }).toEqual({ leads: [], warnings: [] })
    }
  })
})

describe('the content of a meta refresh, as browsers read it', () => {
  const cases: Record<string, ReturnType<typeof metaRefresh>> = {
    '5': { afterSeconds: 5, href: '' },
    ' 5.7 ; url=/x ': { afterSeconds: 5, href: '/x' },
    '0;URL=/x': { afterSeconds: 0, href: '/x' },
    '0,/x': { afterSeconds: 0, href: '/x' },
    '1 url = "/x y" ignored': { afterSeconds: 1, href: '/x y' },
    ".5;url='/x": { afterSeconds: 0, href: '/x' },
    'url=/x': undefined,
    '': undefined,
    '-1; url=/x': undefined,
    '5x; url=/x': undefined,
  }
  it.each(Object.entries(cases))('%s', (content, wanted) => {
    expect(metaRefresh(content)).toEqual(wanted)
  })
})
