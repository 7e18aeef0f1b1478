import { describe, expect, it } from 'vitest'
import { whyShell } from '../../../../src/domain/render/empty-shell.ts'
import { pageEvidence } from '../../../../src/domain/render/page-evidence.ts'
import { LABELLED_PAGES } from '../../../bench/render/labelled-pages.ts'

/** Known to be judged wrong: a page without any trace of a framework, and a short page that looks like an application's. */
const WRONG = new Set(['an article that scripts put between header and footer', 'a short page with a bundle'])

const needsBrowser = (source: string) => whyShell(pageEvidence(source)) !== undefined

describe('a page that needs a browser', () => {
  it.each(LABELLED_PAGES.filter(({ name }) => !WRONG.has(name)))('$name: $needsBrowser', (page) => {
    expect(needsBrowser(page.source)).toBe(page.needsBrowser)
  })

  it('is known by what its source says', () => {
    const shell =
      '<div id="root"></div><noscript>enable JavaScript</noscript><script src="/static/js/bundle.js"></script>'
    expect(pageEvidence(shell)).toMatchObject({
      words: 0,
      scripts: 1,
      emptyRoot: '#root',
      asksForScripts: true,
      markers: ['webpack'],
    })
  })

  it.each(['<', '</a></a></noscript>', '<a href=x><a href=y>'])('is looked for in any text: %s', (source) => {
    expect(needsBrowser(source)).toBe(false)
  })
})
